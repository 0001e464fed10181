/// The looks of all pages. Colours pass 4.5:1 on their grounds; nothing is told by colour alone.
enum Stylesheet {
    static let text = ##"""
        :root {
          --ground: #f5f7f5; --paper: #fff; --ink: #17211b; --soft: #4b5a50; --line: #cfd8d1;
          --band: #14532d; --accent: #166534; --accent-ink: #fff; --link: #14532d;
          --good: #14532d; --good-bg: #dcf3e3; --wait: #6b4700; --wait-bg: #fdf0cd;
          --stop: #8f1d1d; --stop-bg: #fde4e1; --over: #47525a; --over-bg: #e6eaec;
          --radius: 8px; --gap: 1rem;
        }
        * { box-sizing: border-box; }
        [hidden] { display: none !important; }
        html { font-size: 16px; }
        body { margin: 0; background: var(--ground); color: var(--ink);
          font: 1rem/1.45 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif; }
        a { color: var(--link); }
        a:hover { text-decoration-thickness: 2px; }
        :focus-visible { outline: 3px solid #1d4ed8; outline-offset: 2px; border-radius: 4px; }
        main:focus { outline: none; }
        h1 { font-size: 1.6rem; line-height: 1.2; margin: 0 0 1rem; }
        h2 { font-size: 1.15rem; margin: 0 0 .6rem; }
        h3 { font-size: 1rem; margin: 0 0 .4rem; }
        p { margin: 0 0 .8rem; max-width: 46rem; }
        .skip { position: absolute; left: -999px; }
        .skip:focus { left: .5rem; top: .5rem; background: #fff; padding: .5rem 1rem; z-index: 9; }
        .unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
        .soft { color: var(--soft); }
        .nowrap { white-space: nowrap; }

        .band { background: var(--band); color: #fff; display: flex; align-items: center; gap: 1rem; padding: .5rem 1rem;
          flex-wrap: wrap; }
        .band a, .band button.plain { color: #fff; }
        .band :focus-visible { outline-color: #fff; }
        .band .logo { font-weight: 700; font-size: 1.2rem; text-decoration: none; letter-spacing: .02em; }
        .band .company { opacity: .92; }
        .band .right { margin-left: auto; display: flex; align-items: center; gap: 1rem; flex-wrap: wrap; }
        .band form { display: inline; margin: 0; }
        .shortcut { display: inline-flex; align-items: center; gap: .35rem; }
        .icon { width: 1.25em; height: 1.25em; fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round;
          stroke-linejoin: round; vertical-align: -.2em; }
        .icon.out { color: #166534; } .icon.back { color: #111; }

        .shell { display: flex; align-items: flex-start; max-width: 92rem; margin: 0 auto; }
        .menu { flex: 0 0 12.5rem; padding: 1rem 0 1rem 1rem; }
        .menu ul { list-style: none; margin: 0; padding: 0; }
        .menu a { display: block; padding: .55rem .8rem; border-radius: var(--radius); text-decoration: none; color: var(--ink); }
        .menu a:hover { background: #e4ebe6; }
        .menu a[aria-current] { background: var(--good-bg); font-weight: 600; color: var(--good); }
        .menu .fold { display: none; }
        main { flex: 1 1 auto; min-width: 0; padding: 1.2rem 1.2rem 2rem; }
        .foot { max-width: 92rem; margin: 0 auto; padding: 1rem 1.2rem 2rem; display: flex; gap: 1.2rem; align-items: center;
          border-top: 1px solid var(--line); color: var(--soft); }
        .foot form { margin: 0; }

        .card { background: var(--paper); border: 1px solid var(--line); border-radius: var(--radius); padding: 1rem 1.1rem;
          margin: 0 0 var(--gap); }
        .cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 19rem), 1fr)); gap: var(--gap);
          margin: 0 0 var(--gap); }
        .cards .card { margin: 0; }
        .columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)); gap: var(--gap); }
        .facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(11rem, 1fr)); gap: .6rem 1.2rem; margin: 0 0 .8rem; }
        .facts dt { color: var(--soft); font-size: .875rem; }
        .facts dd { margin: 0; overflow-wrap: anywhere; }
        .figure { font-size: 1.7rem; font-weight: 650; line-height: 1.1; font-variant-numeric: tabular-nums; }
        .empty { border: 1px dashed var(--line); background: var(--paper); border-radius: var(--radius); padding: 1.4rem;
          margin: 0 0 var(--gap); }
        .empty p:last-child { margin: 0; }

        .notice { border-left: 5px solid; border-radius: 4px; padding: .7rem 1rem; margin: 0 0 1rem; background: var(--paper);
          max-width: none; }
        .notice.good { border-color: var(--good); background: var(--good-bg); color: var(--good); }
        .notice.waiting { border-color: #b07a00; background: var(--wait-bg); color: var(--wait); }
        .notice.stop { border-color: var(--stop); background: var(--stop-bg); color: var(--stop); }
        .notice a { color: inherit; }
        .badge { display: inline-block; padding: .1rem .55rem; border-radius: 999px; font-size: .875rem; font-weight: 600;
          white-space: nowrap; }
        .badge.good { background: var(--good-bg); color: var(--good); }
        .badge.waiting { background: var(--wait-bg); color: var(--wait); }
        .badge.stop { background: var(--stop-bg); color: var(--stop); }
        .badge.over { background: var(--over-bg); color: var(--over); }

        button, .button { font: inherit; cursor: pointer; border-radius: var(--radius); border: 1px solid #6f7f75;
          background: var(--paper); color: var(--ink); padding: .5rem .95rem; min-height: 2.5rem; text-decoration: none;
          display: inline-block; }
        button:hover, .button:hover { background: #eef3ef; }
        button.primary, .button.primary { background: var(--accent); border-color: var(--accent); color: var(--accent-ink);
          font-weight: 600; }
        button.primary:hover, .button.primary:hover { background: #0f4a26; }
        button.danger { border-color: var(--stop); color: var(--stop); }
        button.danger:hover { background: var(--stop-bg); }
        button.plain { border: 0; background: none; padding: 0; min-height: 1.5rem; text-decoration: underline; color: var(--link); }
        button[disabled] { opacity: .55; cursor: not-allowed; }
        form.one { display: inline-block; margin: 0; }
        .actions-row { display: flex; gap: .6rem; flex-wrap: wrap; align-items: center; margin: 0 0 1rem; }

        .field { margin: 0 0 .9rem; }
        .field label { display: block; font-weight: 600; margin: 0 0 .2rem; }
        .field .optional { font-weight: 400; color: var(--soft); font-size: .875rem; }
        input, select, textarea { font: inherit; color: inherit; background: #fff; border: 1px solid #6f7f75; border-radius: 6px;
          padding: .45rem .6rem; min-height: 2.5rem; width: 100%; max-width: 30rem; }
        input[type=checkbox], input[type=radio] { width: 1.25rem; height: 1.25rem; min-height: 0; accent-color: var(--accent);
          vertical-align: -.25rem; }
        input[type=number], input.short { max-width: 9rem; }
        .field.tick { display: flex; flex-direction: row-reverse; justify-content: flex-end; gap: .6rem; flex-wrap: wrap; }
        .hint { color: var(--soft); font-size: .9rem; margin: .2rem 0 0; }
        .problem { color: var(--stop); font-weight: 600; margin: .25rem 0 0; }
        .wrong input, .wrong select, .wrong textarea { border-color: var(--stop); border-width: 2px; }
        fieldset { border: 1px solid var(--line); border-radius: var(--radius); margin: 0 0 1rem; padding: .8rem 1rem; }
        legend { font-weight: 650; padding: 0 .4rem; }
        .side-by-side { display: flex; gap: .9rem; flex-wrap: wrap; align-items: flex-end; }
        .side-by-side .field { flex: 1 1 9rem; }
        .search { display: flex; gap: .7rem; flex-wrap: wrap; align-items: flex-end; margin: 0 0 1rem; }
        .search .field { margin: 0; flex: 0 1 auto; }
        .search .field:first-of-type { flex: 1 1 14rem; max-width: 30rem; }

        .scroll { overflow-x: auto; background: var(--paper); border: 1px solid var(--line); border-radius: var(--radius);
          margin: 0 0 1rem; }
        table { border-collapse: collapse; width: 100%; }
        caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
        th, td { text-align: left; padding: .5rem .75rem; border-bottom: 1px solid #e3e9e4; vertical-align: top; }
        tbody tr:last-child td { border-bottom: 0; }
        tbody tr:hover { background: #f7faf8; }
        th { font-size: .875rem; color: var(--soft); background: #f0f4f1; white-space: nowrap; }
        th a { color: inherit; }
        .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
        .code { white-space: nowrap; font-variant-numeric: tabular-nums; }
        td.actions { text-align: right; white-space: nowrap; }
        td.actions form { margin-left: .4rem; }
        .pager { display: flex; gap: 1rem; align-items: center; margin: 0 0 1rem; color: var(--soft); }
        .pager .off { text-decoration: line-through; }
        details > summary { cursor: pointer; padding: .2rem 0; }

        /* The start page and the transfer board */
        .job h3 { display: flex; justify-content: space-between; gap: .6rem; align-items: center; font-size: 1.1rem; }
        .cards.two { grid-template-columns: repeat(auto-fill, minmax(min(100%, 26rem), 1fr)); }
        .figures { display: flex; gap: 1.3rem; flex-wrap: wrap; margin: 0 0 .6rem; }
        .figures dt { color: var(--soft); font-size: .875rem; }
        .figures dd { margin: 0; }
        .figures .good dd { color: var(--good); } .figures .stop dd, .figures .stop dd a { color: var(--stop); }
        .figures .none dd { color: var(--soft); }
        .start { display: flex; gap: .6rem; align-items: flex-end; flex-wrap: wrap; }
        .start .field { margin: 0; flex: 1 1 11rem; }
        .progress { background: var(--wait-bg); color: var(--wait); border-radius: 4px; padding: .4rem .7rem; }
        .attention ul, .guide ol, .strip, .legend, .reasons { list-style: none; margin: 0; padding: 0; }
        .attention li { display: flex; gap: 1rem; align-items: center; justify-content: space-between; flex-wrap: wrap;
          padding: .55rem 0; border-top: 1px solid var(--line); }
        .attention li:first-child { border-top: 0; }
        .attention li.grave { border-left: 5px solid var(--stop); padding-left: .7rem; }
        .guide li { padding: .5rem 0; border-top: 1px solid var(--line); }
        .guide li.done { color: var(--soft); }
        .reasons li { margin: .3rem 0 0; }
        /* Sentences in a table: wide enough to be read on a line or two. */
        @media (min-width: 70rem) { td .reasons { min-width: 15rem; } }
        @media (min-width: 90rem) { td .reasons { min-width: 24rem; } }
        .attention li strong { display: inline-block; } .attention li strong::first-letter { text-transform: uppercase; }
        .button.small { padding: .2rem .6rem; min-height: 1.9rem; font-size: .9rem; }
        .strip { display: flex; gap: .6rem; overflow-x: auto; padding: 0 0 .6rem; }
        .strip a { display: flex; flex-direction: column; gap: .2rem; min-width: 9.5rem; background: var(--paper);
          border: 1px solid var(--line); border-radius: var(--radius); padding: .6rem .7rem; text-decoration: none;
          color: var(--ink); }
        .strip .badge { align-self: flex-start; }
        .legend { display: flex; gap: 1rem; flex-wrap: wrap; margin: 0 0 .5rem; }
        .key { display: inline-block; width: .9rem; height: .9rem; border-radius: 3px; margin-right: .35rem;
          vertical-align: -.1rem; }
        .key.sent { background: #166534; } .key.waiting { background: #d4a72c; } .key.stopped { background: #b42318; }
        .bars { width: 100%; height: auto; }
        .bars .sent { fill: #166534; } .bars .waiting { fill: #d4a72c; } .bars .stopped { fill: #b42318; }
        .bars .hatch { stroke: #fff; stroke-width: 1.5; } .bars .grid { stroke: #dfe6e1; }
        .bars text { font-size: 12px; fill: var(--soft); } .bars .scale { text-anchor: end; } .bars .week { text-anchor: middle; }

        /* Goods: the items to press, and where a project is looked for */
        .picks { list-style: none; margin: 0 0 1rem; padding: 0; max-width: 46rem; }
        .picks a { display: flex; flex-wrap: wrap; gap: .1rem .8rem; justify-content: space-between; align-items: baseline;
          min-height: 3rem; padding: .65rem .9rem; background: var(--paper); color: var(--ink); text-decoration: none;
          border: 1px solid var(--line); border-radius: var(--radius); margin: 0 0 .4rem; overflow-wrap: anywhere; }
        .picks a:hover { background: #eef3ef; }
        .choose { align-items: flex-end; } .choose .field { margin: 0; flex: 1 1 14rem; }
        .project-search { margin: 0 0 1rem; } .project-search form { margin: .6rem 0 0; }
        .days { list-style: none; display: flex; gap: .3rem; margin: 0 0 .8rem; padding: 0; }
        .days li { flex: 1 1 0; }
        .days a { display: flex; flex-direction: column; align-items: center; padding: .4rem 0; font-size: .9rem;
          background: var(--paper); border: 1px solid var(--line); border-radius: var(--radius); color: var(--ink);
          text-decoration: none; }
        .days a[aria-current] { border-color: var(--accent); background: var(--good-bg); }
        form > details { margin: 0 0 1rem; } form > details > :nth-child(2) { margin-top: .8rem; }
        .chosen { display: flex; gap: .5rem; flex-wrap: wrap; align-items: baseline; }
        /* The connection and the set-up check */
        .card > details { margin: .8rem 0; }
        .card > details > summary { min-height: 1.5rem; }
        .changes { margin: .2rem 0 0; padding-left: 1.1rem; font-size: .9rem; }
        .tick-all { display: inline-flex; gap: .5rem; align-items: center; min-height: 2.5rem; }

        body.worker .shell { max-width: 40rem; }
        body.worker button, body.worker .button, body.worker input, body.worker select { min-height: 3rem; }
        body.worker input, body.worker select, body.worker textarea { max-width: none; font-size: 1.05rem; }
        body.worker button.primary { width: 100%; font-size: 1.1rem; }
        body.worker .button.small { min-height: 2.5rem; padding: .4rem .7rem; }
        .tabs { display: flex; gap: .3rem; margin: 0 0 1rem; flex-wrap: wrap; }
        .tabs a { padding: .55rem .9rem; border-radius: var(--radius); text-decoration: none; background: var(--paper);
          border: 1px solid var(--line); color: var(--ink); }
        .tabs a[aria-current] { background: var(--accent); color: #fff; border-color: var(--accent); }

        /* A long label stays beside its box. */
        .field.tick label { flex: 1 1 0; min-width: 0; }
        .field.tick .hint, .field.tick .problem { flex: 1 0 100%; max-width: none; padding-left: 1.85rem; margin-top: -.4rem; }
        /* The help: text to read, not to scan. */
        .help { max-width: 46rem; }
        .help h2 { margin-top: 1.4rem; }
        .help li { margin: .3rem 0; }
        .help .reasons > div { border-top: 1px solid var(--line); padding: .6rem 0; }
        .help .reasons > div:target { background: var(--wait-bg); }
        .help dt { font-weight: 600; }
        .help dd { margin: .2rem 0 0; }
        /* A link or key that is shown once. */
        .secret { max-width: none; font-family: ui-monospace, "Liberation Mono", monospace; }

        @media (max-width: 56rem) {
          .shell { flex-direction: column; }
          .menu { flex: none; width: 100%; padding: .5rem 1rem 0; }
          .menu .wide { display: none; }
          .menu .fold { display: block; background: var(--paper); border: 1px solid var(--line); border-radius: var(--radius); }
          .menu .fold summary { padding: .7rem 1rem; font-weight: 600; }
          main { width: 100%; padding: 1rem; }
        }
        @media (max-width: 40rem) {
          body.worker .band .right .shortcut:first-child { display: none; }
          .band .company { flex-basis: 100%; order: 9; font-size: .9rem; }
          thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
          table, tbody, tr, td { display: block; width: 100%; }
          tbody tr { border-bottom: 6px solid var(--ground); padding: .4rem 0; }
          td { border: 0; display: flex; gap: 1rem; justify-content: space-between; padding: .3rem .9rem; text-align: right;
            white-space: normal; overflow-wrap: anywhere; }
          td::before { content: attr(data-label); color: var(--soft); text-align: left; flex: 0 0 40%; }
          td.actions { justify-content: flex-start; }
          td .reasons, td details { text-align: left; }
          td.actions::before { content: none; }
          td > div { min-width: 0; }
          td.code { white-space: normal; }
          td:empty { display: none; }
        }
        @media print { .band, .menu, .foot, .search, .pager a, button { display: none; } body { background: #fff; } }
        @media (prefers-reduced-motion: no-preference) { .bar { transition: width .3s; } }
        """##
}
