import HTML
import Proresult

/// Stands between the pages and the network, to say clearly when there is none. It keeps only files that are the same
/// for everybody; a page, which is somebody's, is never kept.
enum ServiceWorker {
    static let text = ##"""
        "use strict";
        const kept = "ferje-\##(StaticFiles.offlinePage.digest)-\##(StaticFiles.stylesheet.digest)";
        const offline = "\##(StaticFiles.offlinePage.address)";
        const files = [offline, "\##(StaticFiles.stylesheet.address)", "\##(StaticFiles.icon.address)"];
        self.addEventListener("install", (event) => {
          event.waitUntil(caches.open(kept).then((cache) => cache.addAll(files)));
          self.skipWaiting();
        });
        self.addEventListener("activate", (event) => {
          event.waitUntil((async () => {
            for (const name of await caches.keys()) if (name !== kept) await caches.delete(name);
            await self.clients.claim();
          })());
        });
        // A form that is sent never passes here: where it comes from has to reach the server as the browser tells it.
        self.addEventListener("fetch", (event) => {
          const request = event.request;
          if (request.method !== "GET" || new URL(request.url).origin !== self.location.origin) return;
          if (request.mode === "navigate") {
            event.respondWith(fetch(request).catch(async () => {
              const page = await caches.match(offline);
              return page ? new Response(page.body, { status: 503, headers: page.headers }) : Response.error();
            }));
          } else if (files.some((file) => request.url.endsWith(file))) {
            event.respondWith(caches.match(request).then((file) => file ?? fetch(request)));
          }
        });
        """##
}

/// What stands in place of a page that cannot be fetched; the same for everybody, so in both languages.
enum OfflinePage {
    static let markup: Markup = """
        <!DOCTYPE html>
        <html lang="nb">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Ingen nettforbindelse · Ferje</title>
        <link rel="stylesheet" href="\(StaticFiles.stylesheet.address)">
        <link rel="icon" href="\(StaticFiles.icon.address)" type="image/svg+xml">
        </head>
        <body class="worker">
        <header class="band"><span class="logo">Ferje</span></header>
        <div class="shell"><main>
        <h1>Ingen nettforbindelse</h1>
        <p class="notice stop">\(Text.offlinePage.norwegian)</p>
        <p lang="en">\(Text.offlinePage.english)</p>
        <p><a class="button primary" href="">Prøv igjen · Try again</a></p>
        </main></div>
        </body>
        </html>

        """
}
