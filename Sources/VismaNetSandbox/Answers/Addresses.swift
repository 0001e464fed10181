extension Fields {
    static func address(_ address: AddressRecord) -> Fields {
        var fields = Fields()
        fields.add("addressId", address.addressID)
        fields.add("addressLine1", address.line1)
        fields.add("addressLine2", nil as String?)
        fields.add("addressLine3", nil as String?)
        fields.add("postalCode", address.postalCode)
        fields.add("city", address.city)
        fields.add("country", ifAny: .pair(("id", address.country), ("name", countryName(address.country))))
        return fields
    }

    static func contact(id: Int, name: String, email: String?, phone: String?) -> Fields {
        var fields = Fields()
        fields.add("contactId", id)
        fields.add("name", name)
        fields.add("email", email)
        fields.add("phone1", phone)
        return fields
    }

    private static func countryName(_ code: String) -> String? {
        ["NO": "Norge", "SE": "Sverige", "DK": "Danmark", "FI": "Finland"][code]
    }
}
