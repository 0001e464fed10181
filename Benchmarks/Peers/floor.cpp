// The floor of an import: fetching the pages, parsing them, inserting the rows, each by itself and as fast as it goes.
//
//     floor URLS SQLITE-FILE POSTGRES-ADDRESS
//
// URLS is a file with one address a line. Prints JSON: seconds and CPU seconds of each part.
#include <curl/curl.h>
#include <libpq-fe.h>
#include <simdjson.h>
#include <sqlite3.h>
#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <string>
#include <vector>

using simdjson::ondemand::object;
using Fields = std::vector<std::string>;

struct List {
    const char *part;
    const char *table;
    std::vector<const char *> columns;
    const char *key;
    std::vector<simdjson::padded_string> pages = {};
    std::vector<Fields> rows = {};
};

static void fail(const std::string &why) {
    fprintf(stderr, "floor: %s\n", why.c_str());
    exit(1);
}

static double cpu() {
    rusage used;
    getrusage(RUSAGE_SELF, &used);
    return used.ru_utime.tv_sec + used.ru_stime.tv_sec + (used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
}

static void timed(const char *name, bool isLast, const std::function<void()> &work) {
    auto start = std::chrono::steady_clock::now();
    double before = cpu();
    work();
    double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    printf("\"%s\": {\"seconds\": %f, \"cpu\": %f}%s", name, seconds, cpu() - before, isLast ? "" : ", ");
}

static size_t keep(char *data, size_t size, size_t count, void *body) {
    static_cast<std::string *>(body)->append(data, size * count);
    return size * count;
}

// A text, a number as its own text, or empty for null and absent.
static std::string field(object &row, const char *name) {
    simdjson::ondemand::value value;
    if (row[name].get(value)) return "";
    std::string_view text;
    if (value.type().value_unsafe() == simdjson::ondemand::json_type::string) {
        if (value.get_string().get(text)) return "";
        return std::string(text);
    }
    if (value.type().value_unsafe() == simdjson::ondemand::json_type::null) return "";
    text = value.raw_json_token();
    while (!text.empty() && (text.back() == ' ' || text.back() == ',' || text.back() == '\n')) text.remove_suffix(1);
    return std::string(text);
}

static void address(object &row, const char *name, Fields &out) {
    object inner;
    if (row[name].get_object().get(inner)) {
        out.insert(out.end(), 3, "");
        return;
    }
    out.push_back(field(inner, "addressLine1"));
    out.push_back(field(inner, "postalCode"));
    out.push_back(field(inner, "city"));
}

static std::string inside(object &row, const char *name, const char *field_) {
    object inner;
    return row[name].get_object().get(inner) ? "" : field(inner, field_);
}

// The order of the fields is about that of the pages: going back costs.
static Fields customer(object &row) {
    Fields out{field(row, "internalId"), field(row, "number"), field(row, "name"), field(row, "status")};
    address(row, "mainAddress", out);
    address(row, "deliveryAddress", out);
    out.push_back(field(row, "lastModifiedDateTime"));
    return out;
}

static Fields project(object &row) {
    return {field(row, "internalID"), field(row, "projectID"), field(row, "description"), field(row, "status"),
            field(row, "startDate"), inside(row, "customer", "number"),
            inside(row, "projectManager", "employeeNumber"), field(row, "lastModifiedDateTime")};
}

static Fields task(object &row) {
    return {field(row, "internalId"), field(row, "projectInternalId"), field(row, "taskId"),
            field(row, "description"), field(row, "status"), field(row, "lastModifiedDateTime")};
}

static Fields item(object &row) {
    return {field(row, "inventoryId"), field(row, "inventoryNumber"), field(row, "description"),
            field(row, "status"), field(row, "type"), field(row, "defaultPrice"), field(row, "currentCost"),
            field(row, "baseUnit"), field(row, "lastModifiedDateTime")};
}

static void parse(List &list, Fields (*read)(object &)) {
    simdjson::ondemand::parser parser;
    for (auto &page : list.pages) {
        simdjson::ondemand::document document;
        simdjson::ondemand::array rows;
        if (parser.iterate(page).get(document) || document.get_array().get(rows)) fail("no list");
        for (auto element : rows) {
            object row;
            if (element.get_object().get(row)) fail("no row");
            list.rows.push_back(read(row));
        }
    }
}

static std::string definition(const List &list) {
    std::string text = std::string("CREATE TABLE ") + list.table + " (";
    for (auto column : list.columns) text += std::string(column) + " TEXT, ";
    return text + "PRIMARY KEY (id), UNIQUE (" + list.key + "))";
}

static void sqlite(List (&lists)[4], const char *path) {
    sqlite3 *database;
    if (sqlite3_open(path, &database)) fail("SQLite");
    auto run = [&](const std::string &sql) {
        if (sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr)) fail(sqlite3_errmsg(database));
    };
    run("PRAGMA journal_mode = WAL");
    run("PRAGMA synchronous = FULL");
    run("BEGIN");
    for (auto &list : lists) {
        run(definition(list));
        std::string sql = std::string("INSERT INTO ") + list.table + " VALUES (?";
        for (size_t i = 1; i < list.columns.size(); i++) sql += ",?";
        sqlite3_stmt *statement;
        if (sqlite3_prepare_v2(database, (sql + ")").c_str(), -1, &statement, nullptr)) fail(sqlite3_errmsg(database));
        for (auto &row : list.rows) {
            for (size_t i = 0; i < row.size(); i++)
                sqlite3_bind_text(statement, i + 1, row[i].data(), row[i].size(), SQLITE_STATIC);
            if (sqlite3_step(statement) != SQLITE_DONE) fail(sqlite3_errmsg(database));
            sqlite3_reset(statement);
        }
        sqlite3_finalize(statement);
    }
    run("COMMIT");
    sqlite3_close(database);
}

static void postgres(List (&lists)[4], const char *url) {
    PGconn *connection = PQconnectdb(url);
    if (PQstatus(connection) != CONNECTION_OK) fail(PQerrorMessage(connection));
    auto run = [&](const std::string &sql, ExecStatusType wanted) {
        PGresult *result = PQexec(connection, sql.c_str());
        if (PQresultStatus(result) != wanted) fail(PQerrorMessage(connection));
        PQclear(result);
    };
    run("BEGIN", PGRES_COMMAND_OK);
    for (auto &list : lists) {
        run(definition(list), PGRES_COMMAND_OK);
        run(std::string("COPY ") + list.table + " FROM STDIN", PGRES_COPY_IN);
        std::string text;
        for (auto &row : list.rows) {
            for (size_t i = 0; i < row.size(); i++) {
                if (i > 0) text += '\t';
                for (char c : row[i]) {
                    if (c == '\\' || c == '\t' || c == '\n') text += '\\';
                    text += c;
                }
            }
            text += '\n';
            if (text.size() > 1 << 16) {
                PQputCopyData(connection, text.data(), text.size());
                text.clear();
            }
        }
        PQputCopyData(connection, text.data(), text.size());
        PQputCopyEnd(connection, nullptr);
        while (PGresult *result = PQgetResult(connection)) {
            if (PQresultStatus(result) != PGRES_COMMAND_OK) fail(PQerrorMessage(connection));
            PQclear(result);
        }
    }
    run("COMMIT", PGRES_COMMAND_OK);
    PQfinish(connection);
}

int main(int count, char **words) {
    if (count != 4) fail("floor URLS SQLITE-FILE POSTGRES-ADDRESS");
    List lists[4] = {
        {"/v1/customer", "customer",
         {"id", "number", "name", "status", "street", "postal_code", "city", "delivery_street",
          "delivery_postal_code", "delivery_city", "modified"}, "number"},
        {"/v1/project?", "project",
         {"id", "number", "name", "status", "start_date", "customer", "manager", "modified"}, "number"},
        {"/v1/projecttask", "task", {"id", "project", "number", "name", "status", "modified"}, "project, number"},
        {"/v1/inventory", "item",
         {"id", "number", "name", "status", "type", "price", "cost", "unit", "modified"}, "number"},
    };
    Fields (*readers[])(object &) = {customer, project, task, item};
    std::vector<std::string> urls;
    std::ifstream file(words[1]);
    for (std::string line; std::getline(file, line);) urls.push_back(line);

    size_t bytes = 0;
    printf("{");
    timed("fetch", false, [&] {
        CURL *curl = curl_easy_init();
        for (auto &url : urls) {
            std::string body;
            body.reserve(2 << 20);
            curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
            curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, keep);
            curl_easy_setopt(curl, CURLOPT_WRITEDATA, &body);
            if (curl_easy_perform(curl) != CURLE_OK) fail("cannot fetch " + url);
            bytes += body.size();
            for (auto &list : lists)
                if (url.find(list.part) != std::string::npos) list.pages.emplace_back(body);
        }
        curl_easy_cleanup(curl);
    });
    timed("parse", false, [&] {
        for (size_t i = 0; i < 4; i++) parse(lists[i], readers[i]);
    });
    timed("sqlite", false, [&] { sqlite(lists, words[2]); });
    timed("postgres", false, [&] { postgres(lists, words[3]); });
    size_t rows = 0;
    for (auto &list : lists) rows += list.rows.size();
    printf("\"requests\": %zu, \"bytes\": %zu, \"read\": %zu}\n", urls.size(), bytes, rows);
}
