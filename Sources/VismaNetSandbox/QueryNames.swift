/// The query names that each path takes, as published: `name`, `name:int`, `name:bool` or `name:one|of|these`.
/// Conditions of dates (`…Condition`) are checked where the date is read.
enum QueryNames {
    static let byPath: [String: String] = [
        "/v1/customer": """
        greaterThanValue numberToRead:int skipRecords:int name
        status:Active|OnHold|CreditHold|Inactive|OneTime corporateId vatRegistrationId email phone
        lastModifiedDateTime lastModifiedDateTimeCondition createdDateTime createdDateTimeCondition
        expandAccountInformation:bool expandPaymentMethods:bool expandDirectDebit:bool attributes
        pageNumber:int pageSize:int
        """,
        "/v1/project": """
        status:Planned|Active|Completed|Cancelled|OnHold|PendingApproval systemTemplate:bool
        visibleInAP:bool startDate expandAttribute:bool attributes
        taskStatus:Planned|Active|Cancelled|Canceled|Completed taskVisibleInAp:bool taskVisibleInAr:bool
        taskVisibleInCa:bool taskVisibleInCr:bool taskVisibleInEa:bool taskVisibleInGl:bool
        taskVisibleInIn:bool taskVisibleInPo:bool taskVisibleInSo:bool taskVisibleInTa:bool nonProject:bool
        publicId restrictedEmployee restrictedUser:int lastModifiedDateTime lastModifiedDateTimeCondition
        createdDateTime createdDateTimeCondition branch onHold:bool pageNumber:int pageSize:int
        """,
        "/v1/project/tasks": """
        projectId publicId projectInternalId:int description taskCd taskCdDesc
        status:Planned|Active|Completed|Cancelled|OnHold|PendingApproval expandAttribute:bool
        visibleInAp:bool visibleInAr:bool visibleInCa:bool visibleInCr:bool visibleInEa:bool
        visibleInGl:bool visibleInIn:bool visibleInPo:bool visibleInSo:bool visibleInTa:bool
        restrictedEmployee restrictedUser:int greaterThanValue numberToRead:int skipRecords:int
        lastModifiedDateTime lastModifiedDateTimeCondition createdDateTime createdDateTimeCondition
        pageNumber:int pageSize:int
        """,
        "/v1/projectbasic": """
        status:Planned|Active|Completed|Cancelled|OnHold|PendingApproval description projectId startDate
        nonProject:bool projectIdDesc publicId restrictedEmployee restrictedUser:int visibleInAp:bool
        visibleInAr:bool visibleInCa:bool visibleInCr:bool visibleInEa:bool visibleInGl:bool
        visibleInIn:bool visibleInPo:bool visibleInSo:bool visibleInTa:bool numberToRead:int skipRecords:int
        greaterThanValue lastModifiedDateTime lastModifiedDateTimeCondition createdDateTime
        createdDateTimeCondition pageNumber:int pageSize:int
        """,
        "/v1/projecttask": """
        projectId publicId projectInternalId:int description taskCd taskCdDesc
        status:Planned|Active|Cancelled|Canceled|Completed expandAttribute:bool visibleInAp:bool
        visibleInAr:bool visibleInCa:bool visibleInCr:bool visibleInEa:bool visibleInGl:bool
        visibleInIn:bool visibleInPo:bool visibleInSo:bool visibleInTa:bool restrictedEmployee
        restrictedUser:int greaterThanValue numberToRead:int skipRecords:int lastModifiedDateTime
        lastModifiedDateTimeCondition createdDateTime createdDateTimeCondition pageNumber:int pageSize:int
        """,
        "/v1/projectaccountgroup": """
        expandAttribute:bool greaterThanValue numberToRead:int skipRecords:int lastModifiedDateTime
        lastModifiedDateTimeCondition createdDateTime createdDateTimeCondition pageNumber:int pageSize:int
        """,
        "/v1/inventory": """
        pageSize:int alternateID inventoryNumber salesCategory:int addCostPriceStatistics:bool attributes
        description availabilityLastModifiedDateTime availabilityLastModifiedDateTimeCondition
        inventoryTypes:NonStockItem|LaborItem|ServiceItem|ChargeItem|ExpenseItem|FinishedGoodItem|\
        ComponentPartItem|SubassemblyItem
        expandCrossReference:bool expandAttachment:bool expandAttribute:bool expandWarehouseDetail:bool
        expandAccountInformation:bool expandInventoryUnits:bool expandSupplierDetails:bool
        expandSalesCategories:bool expandNote:bool attachmentLastModifiedDateTime
        attachmentLastModifiedDateTimeCondition
        status:Active|NoSales|NoPurchases|NoRequest|Inactive|MarkedForDeletion numberToRead:int
        skipRecords:int greaterThanValue lastModifiedDateTime lastModifiedDateTimeCondition createdDateTime
        createdDateTimeCondition pageNumber:int
        """,
        "/v1/inventory/itemClass": """
        pageNumber:int pageSize:int
        """,
        "/v1/employee": """
        linkedToUser:bool greaterThanValue numberToRead:int skipRecords:int orderBy lastModifiedDateTime
        lastModifiedDateTimeCondition pageNumber:int pageSize:int
        """,
        "/v1/account": """
        active:bool includeAccountClassDescription:bool greaterThanValue publicCode externalCode1
        externalCode2 analysisCode numberToRead:int skipRecords:int lastModifiedDateTime
        lastModifiedDateTimeCondition
        """,
        "/v1/subaccount": """
        lastModifiedDateTime lastModifiedDateTimeCondition active:bool pageNumber:int pageSize:int
        """,
        "/v1/financialPeriod": """
        greaterThanValue
        """,
        "/v1/branch": """
        greaterThanValue orderBy:Id|Number|Name|OrganizationId|LastModifiedDateTime lastModifiedDateTime
        lastModifiedDateTimeCondition expandAddress:bool expandContact:bool expandCurrency:bool
        expandVatZone:bool expandLedger:bool expandIndustryCode:bool expandDeliveryAddress:bool
        expandDeliveryContact:bool expandDefaultCountry:bool expandBankSettings:bool
        """,
        "/v1/branch/{branchNumber}": """
        expandAddress:bool expandContact:bool expandCurrency:bool expandVatZone:bool expandLedger:bool
        expandIndustryCode:bool expandDeliveryAddress:bool expandDeliveryContact:bool
        expandDefaultCountry:bool expandBankSettings:bool
        """,
        "/v1/organization": """
        expandBranches:bool expandBankSettings:bool lastModifiedDateTime lastModifiedDateTimeCondition
        greaterThanValue
        """,
        "/v1/earningtype": """
        greaterThanValue numberToRead:int skipRecords:int orderBy lastModifiedDateTime
        lastModifiedDateTimeCondition
        """,
        "/v1/dimension/{dimensionId}": """
        greaterThanValue numberToRead:int skipRecords:int orderBy lastModifiedDateTime
        lastModifiedDateTimeCondition expandSegmentsValues:bool
        """,
        "/v1/location/{bAccountId}": """
        locationId gln numberToRead:int skipRecords:int greaterThanValue lastModifiedDateTime
        lastModifiedDateTimeCondition createdDateTime createdDateTimeCondition pageNumber:int pageSize:int
        """,
        "/v1/projecttransaction": """
        module:ModuleGL|ModuleAP|ModuleAR|ModuleCA|ModuleCM|ModuleIN|ModuleSO|ModulePO|ModuleDR|\
        ModuleFA|ModuleEP|ModulePM|ModuleTX|ModuleCR
        status:Hold|Balanced|Released project projectTask billable:bool branch date fromPeriod toPeriod
        numberToRead:int skipRecords:int expandNote:bool greaterThanValue lastModifiedDateTime
        lastModifiedDateTimeCondition createdDateTime createdDateTimeCondition pageNumber:int pageSize:int
        """,
    ]
}
