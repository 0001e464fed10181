# SCRATCH is the build folder. One folder for everything, also from other clones, saves building the dependencies again.
SCRATCH ?= .build
FLAGS = --explicit-target-dependency-import-check error --scratch-path $(SCRATCH)
SOURCES = Sources Tests Benchmarks
# A crash in a test should end it, not search for symbols for twenty seconds.
export SWIFT_BACKTRACE = enable=no

# The real program, killed, stopped, cut off and without room, as often as CYCLES says; docs/guarantees.md gets the table.
CYCLES ?= 200

# Seeded storms of faults and crashes on all cores; docs/guarantees.md gets the figures. `make storm-bite` breaks the product on
# purpose, guard by guard, and tells after how many worlds the storm finds out.
SEEDS ?= 1000

.PHONY: demo test pictures test-crash test-life storm storm-bite build check format setup setup-browser clean fuzz bench \
	bench-export bench-engine bench-scale bench-lists bench-years bench-sign-in setup-bench

demo: setup
	swift build --product ferje $(FLAGS)
	$(SCRATCH)/debug/ferje demo $(if $(ONCE),--once) $(if $(DATABASE),--database $(DATABASE)) $(ARGS)

test: setup-browser
	swift test $(FLAGS)

# The pictures of the documents, taken anew by the tests that go through the pages.
pictures: setup-browser
	FERJE_PICTURES=$(CURDIR)/docs/images swift test $(FLAGS) --filter BrowserTests

test-crash: setup
	FERJE_CRASH_CYCLES=$(CYCLES) FERJE_CRASH_REPORT=docs/guarantees.md swift test $(FLAGS) --no-parallel \
		--filter 'RandomKillTests|FaultyNetworkTests|FullDiskTests|ManyProcessesTests'

# A server that makes LIFE runs holds no more than one that has made few; docs/guarantees.md gets the table.
LIFE ?= 10000
test-life: setup
	FERJE_LIFE_RUNS=$(LIFE) FERJE_LIFE_REPORT=docs/guarantees.md swift test $(FLAGS) --filter LongLifeTests

# Everything that reads bytes from outside gets RUNS bent inputs. What ends the program is the last one in FOUND.
RUNS ?= 200000
FOUND ?= $(SCRATCH)/fuzz
fuzz: setup
	mkdir -p $(FOUND)
	FERJE_FUZZ_RUNS=$(RUNS) FERJE_FUZZ_SEED=$$(date +%s) FERJE_FUZZ_LAST=$(abspath $(FOUND)) \
		swift test $(FLAGS) --filter FuzzTests

# Worlds come and go: what one has freed the next one needs, so the allocator need not give it back.
KEEPING = MALLOC_TRIM_THRESHOLD_=268435456 MALLOC_TOP_PAD_=16777216
storm: setup
	$(KEEPING) swift run -c release $(FLAGS) ferje-storm run --seeds $(SEEDS) --write docs/guarantees.md $(ARGS)

storm-bite: setup
	$(KEEPING) swift run -c release $(FLAGS) ferje-storm bite --write docs/guarantees.md $(ARGS)

build: setup
	swift build $(FLAGS)

# The imports of a large company beside their floor and what an engineer would pick instead; docs/performance.md gets the
# table. QUICK=1 has a tenth of the records and prints it only. ARGS=--without-peers needs no packages from PyPI.
bench: setup-bench
	swift build -c release $(FLAGS) --product import-bench
	swift build -c release $(FLAGS) --product import-pages
	python3 Benchmarks/compare.py --program $(SCRATCH)/release/import-bench --work $(SCRATCH)/bench \
		$(if $(QUICK),--quick --rounds 1,--write docs/performance.md) $(ARGS)

# A year's lines exported; docs/performance.md gets the table. QUICK=1 has a tenth of them and prints it only.
bench-export: setup
	swift build -c release $(FLAGS) --product export-bench
	python3 Benchmarks/export.py --program $(SCRATCH)/release/export-bench \
		$(if $(QUICK),--lines 10000,--write docs/performance.md) $(ARGS)

# Jobs a second and how long a due job waits; docs/performance.md gets the tables. QUICK=1 has a tenth and prints only.
bench-engine: setup
	swift build -c release $(FLAGS) --product engine-bench
	python3 Benchmarks/engine.py --program $(SCRATCH)/release/engine-bench \
		$(if $(QUICK),--companies 200 --seconds 5,--write docs/performance.md) $(ARGS)

# The unchanged hour of COMPANIES companies on PostgreSQL, and a noisy one beside quiet ones; docs/performance.md and the
# arithmetic of docs/scaling.md get the tables when it is made with all of them. QUICK=1 has 200 and prints only.
COMPANIES ?= 10000
bench-scale: setup-bench
	swift build -c release $(FLAGS) --product ferje
	swift build -c release $(FLAGS) --product import-pages
	python3 Benchmarks/scale.py --program $(SCRATCH)/release/ferje --work $(SCRATCH)/bench \
		$(if $(QUICK),--companies 200 --seconds 10,--companies $(COMPANIES) --write docs) $(ARGS)

# Every list page and the ready board with 50,000 customers, 200,000 hour entries and 1,000 companies on both databases;
# docs/performance.md gets the table.
bench-lists: setup
	swift run -c release $(FLAGS) list-bench --write docs/performance.md

# Whether ten years of work make a company's unchanged hour slower; docs/performance.md gets the table.
bench-years: setup
	swift run -c release $(FLAGS) years-bench --write docs/performance.md

# Whether the time of a refused sign-in tells which accounts there are; prints a table of ratios.
bench-sign-in: setup
	swift run -c release $(FLAGS) sign-in-bench

check:
	swift format lint --strict --recursive $(SOURCES) Package.swift

format:
	swift format --in-place --recursive $(SOURCES) Package.swift

setup:
	scripts/setup

setup-browser:
	scripts/setup browser

setup-bench:
	scripts/setup bench

clean:
	rm -rf $(SCRATCH)
