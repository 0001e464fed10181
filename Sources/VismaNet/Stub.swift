enum VismaNetStub {}
