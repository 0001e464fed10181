// sqlite3_config takes `...`, which Swift cannot call. Declared here and not included, since sqlite3.h belongs to GRDB's
// module.
int sqlite3_config(int, ...);

// SQLITE_CONFIG_MEMSTATUS off: else all threads count their memory behind one lock. Before SQLite is first used; later it
// is refused and changes nothing.
static inline int ferje_sqlite_counts_no_memory(void) { return sqlite3_config(9, 0); }
