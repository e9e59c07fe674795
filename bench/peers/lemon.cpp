// Solves one file of the text format with LEMON: lemon ALGORITHM FILE, ALGORITHM ns (network simplex) or cs (cost scaling).
// Prints: matched total_fit solve_s cpu_s peak_mb
#include <lemon/smart_graph.h>
#include <lemon/network_simplex.h>
#include <lemon/cost_scaling.h>
#include <sys/resource.h>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <string>
#include <vector>

using namespace lemon;
using Graph = SmartDigraph;
using Clock = std::chrono::steady_clock;

struct Input { int patients = 0, companions = 0; std::vector<int> capacity, from, to, fit; };

static Input read(const char *path) {
    Input in;
    FILE *f = fopen(path, "r");
    if (!f) { perror(path); exit(1); }
    char line[256];
    while (fgets(line, sizeof line, f)) {
        int a, b, c;
        if (line[0] == 'p' && sscanf(line, "p bmatch %d %d %d", &a, &b, &c) == 3) {
            in.patients = a; in.companions = b; in.capacity.assign(b, 0);
            in.from.reserve(c); in.to.reserve(c); in.fit.reserve(c);
        } else if (line[0] == 'n' && sscanf(line, "n %d %d", &a, &b) == 2) in.capacity[a - 1] = b;
        else if (line[0] == 'e' && sscanf(line, "e %d %d %d", &a, &b, &c) == 3) {
            in.from.push_back(a - 1); in.to.push_back(b - 1); in.fit.push_back(c);
        }
    }
    fclose(f);
    return in;
}

// One unit for each patient from a source to a sink; a patient may stay without at the cost of a match.
template <class Solver> static void solve(const Input &in) {
    using Value = int;
    using Cost = long long;
    auto start = Clock::now();
    clock_t cpu = clock();
    Graph g;
    const int edges = (int)in.from.size();
    g.reserveNode(in.patients + in.companions + 1);
    g.reserveArc(edges + in.patients + in.companions);
    for (int n = 0; n < in.patients + in.companions + 1; n++) g.addNode();
    const int sink = in.patients + in.companions;
    const Cost match = 1000LL * (in.companions + 1) + 1;
    for (int e = 0; e < edges; e++) g.addArc(g.nodeFromId(in.from[e]), g.nodeFromId(in.patients + in.to[e]));
    for (int j = 0; j < in.companions; j++) g.addArc(g.nodeFromId(in.patients + j), g.nodeFromId(sink));
    for (int i = 0; i < in.patients; i++) g.addArc(g.nodeFromId(i), g.nodeFromId(sink));
    Graph::ArcMap<Value> upper(g, 1);
    Graph::ArcMap<Cost> cost(g, 0);
    Graph::NodeMap<Value> supply(g, 0);
    for (int e = 0; e < edges; e++) cost[g.arcFromId(e)] = -in.fit[e];
    for (int j = 0; j < in.companions; j++) upper[g.arcFromId(edges + j)] = in.capacity[j];
    for (int i = 0; i < in.patients; i++) { cost[g.arcFromId(edges + in.companions + i)] = match; supply[g.nodeFromId(i)] = 1; }
    supply[g.nodeFromId(sink)] = -in.patients;
    Solver solver(g);
    solver.upperMap(upper).costMap(cost).supplyMap(supply);
    auto status = solver.run();
    double seconds = std::chrono::duration<double>(Clock::now() - start).count();
    double cpuSeconds = double(clock() - cpu) / CLOCKS_PER_SEC;
    if (status != Solver::OPTIMAL) { puts("not optimal"); exit(1); }
    long long matched = 0, fit = 0;
    for (int e = 0; e < edges; e++)
        if (solver.flow(g.arcFromId(e))) { matched++; fit += in.fit[e]; }
    rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    printf("%lld %lld %.4f %.4f %.0f\n", matched, fit, seconds, cpuSeconds, usage.ru_maxrss * 1024 / 1e6);
}

int main(int argc, char **argv) {
    if (argc != 3) { fprintf(stderr, "lemon ns|cs FILE\n"); return 2; }
    Input in = read(argv[2]);
    if (!strcmp(argv[1], "ns")) solve<NetworkSimplex<Graph, int, long long>>(in);
    else solve<CostScaling<Graph, int, long long>>(in);
}
