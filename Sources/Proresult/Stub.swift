enum ProresultStub {}
