/// What the demo company buys: products by trade, each in several sizes.
enum ItemCatalogue {
    /// Stock items are `FinishedGoodItem`; services and consumables are not kept in stock.
    static let classes = [
        ItemClassRecord(id: "ROR", description: "Rør og sanitær", type: "FinishedGoodItem"),
        ItemClassRecord(id: "TRE", description: "Trelast og plater", type: "FinishedGoodItem"),
        ItemClassRecord(id: "BET", description: "Betong og mur", type: "FinishedGoodItem"),
        ItemClassRecord(id: "ELE", description: "Elektro", type: "FinishedGoodItem"),
        ItemClassRecord(id: "MAL", description: "Maling og overflate", type: "FinishedGoodItem"),
        ItemClassRecord(id: "FES", description: "Festemidler", type: "FinishedGoodItem"),
        ItemClassRecord(id: "FORB", description: "Forbruksmateriell", type: "NonStockItem"),
        ItemClassRecord(id: "LEIE", description: "Leie og transport", type: "ServiceItem"),
        ItemClassRecord(id: "ARB", description: "Arbeid", type: "LaborItem"),
    ]

    struct Product {
        let classID: String
        let name: String
        let unit: String
        /// The cost of the smallest size in øre.
        let costOre: Int
        let sizes: [String]
    }

    /// A line is: class, name, unit, cost in øre, sizes.
    static let products: [Product] = table.split(separator: "\n").compactMap { line in
        let fields = line.split(separator: ";").map(String.init)
        guard fields.count == 5, let cost = Int(fields[3]) else { return nil }
        let sizes = fields[4].split(separator: "|").map(String.init)
        return Product(classID: fields[0], name: fields[1], unit: fields[2], costOre: cost, sizes: sizes)
    }

    /// Qualities that turn one product and size into several articles; the first one needs no word.
    static let qualities = ["", "forsterket", "økonomi", "proff", "miljømerket", "hvit", "grå", "sort", "restparti"]

    private static let table = """
        ROR;Kobberrør;M;4200;10 mm|12 mm|15 mm|18 mm|22 mm|28 mm|35 mm|42 mm|54 mm
        ROR;PEX rør-i-rør;M;1450;12 mm|15 mm|18 mm|22 mm|28 mm
        ROR;Alupex-rør;M;2100;16 mm|20 mm|26 mm|32 mm|40 mm
        ROR;Avløpsrør PP;M;3300;32 mm|40 mm|50 mm|75 mm|110 mm
        ROR;Grunnavløpsrør PVC;M;5200;110 mm|160 mm|200 mm|250 mm|315 mm
        ROR;Drensrør;M;1900;50 mm|75 mm|110 mm|160 mm
        ROR;Presskobling;STK;2800;12 mm|15 mm|18 mm|22 mm|28 mm|35 mm|42 mm
        ROR;Bend 90°;STK;1700;15 mm|22 mm|32 mm|50 mm|75 mm|110 mm
        ROR;T-stykke;STK;2600;15 mm|22 mm|28 mm|50 mm|110 mm
        ROR;Kuleventil;STK;8900;1/2"|3/4"|1"|1 1/4"|2"
        ROR;Servantbatteri;STK;79000;lav|høy|berøringsfri
        ROR;Sluk med klemring;STK;58000;75 mm|110 mm|lavtbyggende
        ROR;Varmtvannsbereder;STK;420000;120 l|200 l|300 l
        ROR;Rørisolasjon;M;1100;13x15 mm|13x22 mm|13x28 mm|19x35 mm|19x54 mm
        TRE;Gipsplate;STK;9200;13 mm 900x2400|13 mm 1200x2400|13 mm 1200x2700|15 mm 1200x2400
        TRE;Våtromsplate;STK;31000;600x2400|900x2400|1200x2400
        TRE;OSB-plate;STK;16800;12 mm|15 mm|18 mm|22 mm
        TRE;Sponplate gulv 22 mm;STK;15200;620x1820|620x2420
        TRE;Kryssfiner;STK;41000;9 mm|12 mm|15 mm|18 mm
        TRE;Konstruksjonsvirke C24;M;1900;36x48|48x98|48x148|48x198|48x223
        TRE;Impregnert terrassebord;M;2100;28x95|28x120|28x145
        TRE;Kledning gran grunnet;M;2400;19x123|19x148|22x148|22x173
        TRE;Limtrebjelke;M;21000;90x225|90x270|115x315|140x360
        TRE;Lekt;M;620;23x36|23x48|30x48|36x48
        TRE;Isolasjon glassull;M2;3900;50 mm|100 mm|150 mm|200 mm|250 mm
        TRE;Vindsperre;M2;1250;1,30 m|1,50 m|2,80 m
        TRE;Dampsperre 0,15;M2;480;2,60 m|4,00 m
        TRE;Listverk furu;M;1500;12x45|12x58|15x95|21x120
        TRE;Innerdør;STK;98000;7x21|8x21|9x21|10x21
        BET;Betong;M3;129000;B20|B25|B30|B30 M60|B35|B45
        BET;Armeringsnett;STK;23000;K131|K189|K257|K335
        BET;Armeringsstål B500NC;KG;1300;8 mm|10 mm|12 mm|16 mm|20 mm
        BET;Isoblokk;STK;8600;25 cm|30 cm|35 cm
        BET;Lettklinkerblokk;STK;3900;10 cm|15 cm|20 cm|25 cm
        BET;Tørrmørtel;PAK;7900;15 kg|20 kg|25 kg
        BET;Flislim;PAK;21000;15 kg|20 kg
        BET;EPS-plate;M2;6100;50 mm|80 mm|100 mm|150 mm|200 mm
        BET;Pukk;KG;18;8/11|11/16|16/22|22/32
        BET;Støpegrus;KG;22;0/8|0/16
        ELE;Kabel PN;M;790;2x1,5|3G1,5|3G2,5|4G1,5|5G2,5
        ELE;Kabel PFXP;M;1400;3G1,5|3G2,5|3G4|5G6|5G10
        ELE;Trekkerør fleksibelt;M;460;16 mm|20 mm|25 mm|32 mm
        ELE;Koblingsboks;STK;2900;liten|middels|stor|IP65
        ELE;Stikkontakt dobbel;STK;8400;innfelt|utenpå|utendørs
        ELE;Jordfeilautomat;STK;46000;10 A|13 A|15 A|16 A|20 A|25 A
        ELE;LED-downlight;STK;19500;6 W|8 W|10 W|15 W
        ELE;Termostat;STK;72000;gulv|rom|utendørs
        ELE;Varmekabel;STK;118000;300 W|600 W|900 W|1200 W|1800 W
        MAL;Veggmaling;L;9800;matt|silkematt|halvblank
        MAL;Takmaling;L;8800;glans 2|glans 5
        MAL;Grunning;L;8300;inne|ute|sperrende
        MAL;Oljebeis;L;13900;brun|rød|grønn|sort
        MAL;Våtromsmaling;L;16700;glans 20|glans 40
        MAL;Membran;KG;7200;påstrykning|fiberforsterket
        MAL;Flis;M2;24000;10x10|20x20|30x60|60x60
        MAL;Sparkel;KG;2900;lett|middels|grov
        FES;Spiker;PAK;6400;1,7x35|2,3x60|2,8x75|3,1x90|4,0x100
        FES;Gipsskrue;PAK;11900;3,9x25|3,9x32|3,9x41|3,9x57
        FES;Treskrue;PAK;14400;4,0x40|4,5x60|5,0x80|6,0x120
        FES;Terrasseskrue A4;PAK;36500;4,2x55|4,8x75
        FES;Bjelkesko;STK;3300;48x98|48x148|48x198|48x223
        FES;Ekspansjonsbolt;STK;1900;M8x75|M10x90|M12x110|M16x145
        FES;Vinkelbeslag;STK;1500;60x60|90x90|105x105
        FORB;Fugemasse;STK;6900;300 ml|600 ml
        FORB;Fugeskum;STK;8900;500 ml|750 ml
        FORB;Arbeidshansker;STK;4500;str. 8|str. 9|str. 10|str. 11
        FORB;Støvmaske FFP3;STK;3900;uten ventil|med ventil
        FORB;Kappeskive;STK;2200;125 mm|230 mm
        FORB;Dekkpapir;RULL;9900;0,9x35 m|1,3x50 m
        LEIE;Container;STK;190000;6 m³|10 m³|20 m³
        LEIE;Stillas;M2;4500;per uke|per måned
        LEIE;Minigraver;TIMER;42000;1,7 t|2,7 t|5 t
        LEIE;Kranbil;TIMER;98000;liten|stor
        LEIE;Lift;STK;130000;12 m|16 m|20 m
        """
}
