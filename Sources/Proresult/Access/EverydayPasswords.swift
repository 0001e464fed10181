/// What people who guess passwords try first, Norwegian and English, in lower case: the words that passwords of
/// twelve characters and more are put together from, and runs of keys.
enum EverydayPasswords {
    static let words =
        """
        password passord passordet passwort passw0rd admin administrator administrasjon root bruker brukar user guest
        gjest welcome velkommen velkomen letmein slippmeginn secret hemmelig hemmeleg login logginn signin access
        tilgang changeme endremeg default standard test testing tester demo temp temporary midlertidig company firma
        bedrift selskap master superuser superbruker internet internett computer datamaskin server system
        proresult visma vismanet ferje ferjen timer timeliste prosjekt arbeider ansatt leder regnskap faktura
        entreprenør entreprenor contractor bygg byggmester anlegg maskin snekker tømrer gravemaskin brøyting
        iloveyou jegelskerdeg elskerdeg elsker love lover kjærlighet skatten kjæresten sunshine solskinn princess
        prinsesse dragon drage monkey football fotball baseball basketball superman batman spiderman starwars pokemon
        michael jennifer jordan hunter shadow flower trustno1 whatever freedom frihet liverpool arsenal chelsea
        manchester united rosenborg brann vålerenga norge noreg norway oslo bergen trondheim stavanger kristiansand
        tromsø sommer sommar vinter høst haust vår spring summer winter autumn ferie januar februar mars april mai juni
        juli august september oktober november desember january february march may june july october december mandag
        tirsdag onsdag torsdag fredag lørdag søndag monday tuesday wednesday thursday friday saturday sunday
        hei hallo hello heisann god morgen goodmorning dette this is the mitt min mine my and og er en et not ikke
        correcthorsebatterystaple
        qwertyuiop qwerty qwertz asdfghjkl asdfgh zxcvbnm zxcvbn 1q2w3e4r5t 1qaz2wsx qazwsx q1w2e3r4 abcdefghijkl abcdef
        abc123 abcd1234 123456789 12345678 1234567 123456 12345 1234 123 987654321 654321 54321 4321 111111 000000
        121212 123123 123321 112233 666666 777777 888888 999999
        """.split { $0 == " " || $0 == "\n" }.map(String.init)
}
