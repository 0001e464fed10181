/// Streets and true pairs of postal code and place.
enum Places {
    /// Postal code, a space, the name as it is written on a letter.
    static let places: [(postalCode: String, city: String)] = table.split(separator: "\n").map { line in
        (String(line.prefix(4)), String(line.dropFirst(5)))
    }

    static let streets = [
        "Storgata", "Kyrkjevegen", "Skulevegen", "Industrivegen", "Strandgata", "Fjordvegen", "Hagevegen",
        "Bjørkevegen", "Solbakken", "Myravegen", "Elvegata", "Havnegata", "Torget", "Fjellvegen", "Granvegen",
        "Åsvegen", "Øvregata", "Sjøgata", "Stasjonsvegen", "Parkvegen", "Tunvegen", "Bakkegata", "Lyngvegen",
        "Rognevegen", "Kvernhusvegen", "Naustvegen", "Prestegata", "Hamrevegen", "Liavegen", "Ospevegen",
        "Neset", "Sandvikvegen", "Kaien", "Heimevegen", "Furuvegen", "Idrettsvegen", "Ringvegen", "Bryggen",
    ]

    private static let table = """
        0151 OSLO
        0155 OSLO
        0158 OSLO
        0162 OSLO
        0172 OSLO
        0181 OSLO
        0187 OSLO
        0250 OSLO
        0258 OSLO
        0264 OSLO
        0354 OSLO
        0362 OSLO
        0454 OSLO
        0475 OSLO
        0557 OSLO
        0565 OSLO
        0650 OSLO
        0661 OSLO
        0764 OSLO
        0855 OSLO
        1344 HASLUM
        1357 BEKKESTUA
        1363 HØVIK
        1366 LYSAKER
        1368 STABEKK
        1384 ASKER
        1396 BILLINGSTAD
        1400 SKI
        1410 KOLBOTN
        1430 ÅS
        1440 DRØBAK
        1450 NESODDTANGEN
        1472 FJELLHAMAR
        1482 NITTEDAL
        2000 LILLESTRØM
        2010 STRØMMEN
        2020 SKEDSMOKORSET
        2050 JESSHEIM
        3015 DRAMMEN
        4006 STAVANGER
        4306 SANDNES
        5003 BERGEN
        5007 BERGEN
        5011 BERGEN
        5014 BERGEN
        5018 BERGEN
        5033 BERGEN
        5042 BERGEN
        5055 BERGEN
        5068 BERGEN
        5096 BERGEN
        5105 EIDSVÅG I ÅSANE
        5113 TERTNES
        5116 ULSET
        5131 NYBORG
        5135 FLAKTVEIT
        5141 FYLLINGSDALEN
        5147 FYLLINGSDALEN
        5152 BØNES
        5161 LAKSEVÅG
        5171 LODDEFJORD
        5174 MATHOPEN
        5179 GODVIK
        5184 OLSVIK
        5208 OS
        5222 NESTTUN
        5225 NESTTUN
        5231 PARADIS
        5236 RÅDAL
        5244 FANA
        5252 SØREIDGREND
        5254 SANDSLI
        5257 KOKSTAD
        5260 INDRE ARNA
        5300 KLEPPESTØ
        5353 STRAUME
        5363 ÅGOTNES
        5411 STORD
        5419 FITJAR
        5430 BREMNES
        5460 HUSNES
        5470 ROSENDAL
        5590 ETNE
        5600 NORHEIMSUND
        5610 ØYSTESE
        5640 EIKELANDSOSEN
        5680 TYSNES
        5700 VOSS
        5710 SKULESTADMO
        5730 ULVIK
        5741 AURLAND
        5743 FLÅM
        5750 ODDA
        5770 TYSSEDAL
        5781 LOFTHUS
        5783 EIDFJORD
        5911 ALVERSUND
        5914 ISDALSTØ
        5918 FREKHAUG
        5936 MANGER
        5955 LINDÅS
        6710 RAUDEBERG
        6723 SVELGEN
        6763 HORNINDAL
        6770 NORDFJORDEID
        6783 STRYN
        6788 OLDEN
        6789 LOEN
        6793 INNVIK
        6800 FØRDE
        6817 NAUSTDAL
        6823 SANDANE
        6826 BYRKJELO
        6843 SKEI I JØLSTER
        6847 VASSENDEN
        6848 FJÆRLAND
        6854 KAUPANGER
        6856 SOGNDAL
        6863 LEIKANGER
        6868 GAUPNE
        6869 HAFSLO
        6885 ÅRDALSTANGEN
        6884 ØVRE ÅRDAL
        6887 LÆRDAL
        6893 VIK I SOGN
        6899 BALESTRAND
        6900 FLORØ
        6921 HARDBAKKE
        6947 LAVIK
        6963 DALE I SUNNFJORD
        6973 SANDE I SUNNFJORD
        6977 BYGSTAD
        6982 HOLMEDAL
        6984 STONGFJORDEN
        6988 ASKVOLL
        6993 HØYANGER
        6996 VADHEIM
        """
}
