import HTML

/// The only style sheet; system fonts, no pictures, light and dark.
enum PageStyle {
    static let css: Markup = """
        :root{color-scheme:light dark;--ink:#1d2733;--soft:#5a6877;--line:#d9e0e7;--back:#f4f6f8;--card:#fff;\
        --accent:#0b5c8a;--good:#0f6b3c;--goodback:#dff3e7;--wait:#7a4b00;--waitback:#fdf0d5;--over:#5a6877;--overback:#e8ecf0}
        @media(prefers-color-scheme:dark){:root{--ink:#e6ebf0;--soft:#9fadba;--line:#33404d;--back:#12181e;--card:#1b232b;\
        --accent:#6bb8e6;--good:#8fe0b3;--goodback:#143524;--wait:#f3cf8a;--waitback:#3b2c0c;--over:#b5c0ca;--overback:#2b353f}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--back);color:var(--ink);font:16px/1.45 system-ui,-apple-system,"Segoe UI",sans-serif}
        header{display:flex;flex-wrap:wrap;gap:.4rem 2rem;align-items:baseline;padding:.9rem 1.5rem;background:var(--card);\
        border-bottom:3px solid var(--accent)}
        .brand{font-weight:700;font-size:1.1rem;color:var(--ink);text-decoration:none}
        header nav{display:flex;gap:1.25rem}
        main{max-width:88rem;margin:0 auto;padding:1rem 1.5rem 2rem}
        footer{padding:1rem 1.5rem 2rem;color:var(--soft);font-size:.875rem;text-align:center}
        a{color:var(--accent)}
        h1{font-size:1.6rem;line-height:1.2;margin:.5rem 0 1rem;overflow-wrap:anywhere}
        h2{font-size:1.15rem;margin:1.75rem 0 .6rem;overflow-wrap:anywhere}
        .lead,.empty{color:var(--soft)}
        .card{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:1rem;margin:0 0 1rem}
        .card h2,.card h3{margin:0 0 .3rem;font-size:1.1rem;overflow-wrap:anywhere}
        .facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(7.5rem,1fr));gap:.6rem 1.5rem;margin:.6rem 0 0}
        .facts div{min-width:0}
        dt{color:var(--soft);font-size:.8rem}
        dd{margin:0;font-weight:600;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
        table{width:100%;border-collapse:collapse;background:var(--card);border:1px solid var(--line);font-size:.925rem}
        th,td{padding:.45rem .6rem;text-align:left;vertical-align:top;border-bottom:1px solid var(--line);overflow-wrap:break-word}
        th{color:var(--soft);font-weight:600;font-size:.8rem;background:var(--back)}
        td.number,th.number{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
        td.code{white-space:nowrap}
        .scroll{overflow-x:auto}
        tbody tr:last-child td{border-bottom:0}
        .badge{display:inline-block;padding:.05rem .5rem;border-radius:1rem;font-size:.8rem;font-weight:600;white-space:nowrap}
        .good{color:var(--good);background:var(--goodback)}
        .waiting{color:var(--wait);background:var(--waitback)}
        .over{color:var(--over);background:var(--overback)}
        .alert{padding:.7rem 1rem;border-left:4px solid var(--wait);background:var(--waitback);color:var(--wait);margin:0 0 1rem}
        button,.button{font:inherit;font-weight:600;padding:.45rem .9rem;border:1px solid var(--accent);border-radius:6px;\
        background:transparent;color:var(--accent);text-decoration:none;cursor:pointer}
        button.primary{background:var(--accent);color:var(--card)}
        a:focus-visible,button:focus-visible,input:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
        .search{display:flex;flex-wrap:wrap;gap:.5rem;align-items:center;margin:0 0 1rem}
        .search label{flex-basis:100%;color:var(--soft);font-size:.875rem}
        .search input{font:inherit;flex:1 1 12rem;max-width:26rem;min-width:0;padding:.45rem .6rem;border:1px solid var(--line);\
        border-radius:6px;background:var(--card);color:var(--ink)}
        .pages,.choices{display:flex;flex-wrap:wrap;gap:.75rem;align-items:center;margin:1rem 0}
        .choices [aria-current]{font-weight:700;color:var(--ink);text-decoration:none}
        .document .scroll{margin:.75rem 0 0}
        @media(max-width:52rem){
        header,main,footer{padding-left:1rem;padding-right:1rem}
        thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
        table,tbody,tr,td{display:block;width:100%}
        table{border:0;background:none}
        tr{background:var(--card);border:1px solid var(--line);border-radius:8px;margin:0 0 .6rem;padding:.35rem .75rem}
        td,td.number,td.code{display:flex;justify-content:space-between;gap:1rem;text-align:right;white-space:normal;padding:.25rem 0;\
        border-bottom:0;overflow-wrap:anywhere}
        td:empty{display:none}
        .document tr{background:var(--back)}
        td::before{content:attr(data-label);color:var(--soft);font-size:.85rem;flex:0 0 auto;text-align:left}
        }
        """
}
