"""What the product and the other peers keep, as JSON schema; what it does not name is dropped."""

TEXT = {"type": ["string", "null"]}
NUMBER = {"type": ["number", "null"]}
ADDRESS = {"type": ["object", "null"], "properties": {"addressLine1": TEXT, "postalCode": TEXT, "city": TEXT}}
STREAMS = {
    "customer": ("internalId", {
        "number": TEXT, "name": TEXT, "status": TEXT, "mainAddress": ADDRESS, "deliveryAddress": ADDRESS}),
    "project": ("internalID", {
        "projectID": TEXT, "description": TEXT, "status": TEXT, "startDate": TEXT,
        "customer": {"type": ["object", "null"], "properties": {"number": TEXT}},
        "projectManager": {"type": ["object", "null"], "properties": {"employeeNumber": TEXT}}}),
    "projecttask": ("internalId", {
        "projectInternalId": {"type": ["integer", "null"]}, "taskId": TEXT, "description": TEXT, "status": TEXT}),
    "inventory": ("inventoryId", {
        "inventoryNumber": TEXT, "description": TEXT, "status": TEXT, "type": TEXT, "defaultPrice": NUMBER,
        "currentCost": NUMBER, "baseUnit": TEXT}),
}
