enum SyncStub {}
