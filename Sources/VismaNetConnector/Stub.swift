enum VismaNetConnectorStub {}
