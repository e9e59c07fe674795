"""Turns the rows of bench/engine.sh into the table of docs/engine.md (between its two marks) and a growth plot."""
import math
import sys

NAMES = {"ns": "LEMON network simplex", "cs": "LEMON cost scaling", "lapjvsp": "SciPy LAPJVsp", "highs": "HiGHS dual simplex",
         "engine": "engine", "engine-both-cores": "engine, both cores"}
FIRST, LAST = 10_000, 1_000_000
START, END = "<!-- table -->", "<!-- end of table -->"


def load(path):
    rows = {}
    for line in open(path):
        name, solver, matched, fit, wall, cpu, memory, *_ = line.split()
        rows.setdefault(name, {})[solver] = None if matched == "-" else (int(matched), int(fit), float(wall), float(cpu), int(memory))
    return rows


def table(rows):
    lines = ["| family; patients; companions; edges | solver | matched | total fit | wall s | processor s | MB | times the engine's processor time | times its wall time |", "|---|---|---|---|---|---|---|---|---|"]
    for name, solvers in rows.items():
        mine = solvers["engine"]
        for solver, row in solvers.items():
            if row is None:
                lines.append(f"| {name.replace('/', '; ')} | {NAMES[solver]} | not within an hour | | | | | | |")
                continue
            matched, fit, wall, cpu, memory = row
            if (matched, fit) != mine[:2]:
                raise SystemExit(f"{name}: {solver} finds {matched}, {fit}; the engine {mine[:2]}")
            lines.append(f"| {name.replace('/', '; ')} | {NAMES[solver]} | {matched} | {fit} | {wall:.3f} | {cpu:.3f} | {memory} | {cpu / mine[3]:.1f} | {wall / mine[2]:.2f} |")
    return "\n".join(lines)


def plot(rows):
    series = {}
    for name, solvers in rows.items():
        family, patients, _, edges = name.split("/")
        if (family, edges) == ("shortage", "20") and int(patients) >= FIRST:
            for solver, row in solvers.items():
                if row and solver != "engine-both-cores":
                    series.setdefault(solver, []).append((int(patients), row[3]))
    width, height, left, top = 640, 400, 60, 20
    x = lambda n: left + (math.log10(n) - 4) / 2 * (width - left - 170)
    y = lambda s: top + (3 - math.log10(max(s, 1e-2))) / 5 * (height - top - 40)
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="12">',
           '<title>Processor seconds by number of patients, both axes logarithmic</title>', f'<rect width="{width}" height="{height}" fill="#fff"/>']
    for power in range(-2, 4):
        out.append(f'<line x1="{left}" x2="{x(LAST):.0f}" y1="{y(10 ** power):.0f}" y2="{y(10 ** power):.0f}" stroke="#ddd"/><text x="{left - 6}" y="{y(10 ** power) + 4:.0f}" text-anchor="end">{10.0 ** power:g} s</text>')
    for power in range(4, 7):
        out.append(f'<text x="{x(10 ** power):.0f}" y="{height - 12}" text-anchor="middle">{10 ** power:,}</text>')
    colours = {"engine": "#0b6e4f", "ns": "#b3261e", "cs": "#8a5a00", "lapjvsp": "#33507a", "highs": "#6a3d7c"}
    if first := dict(series.get("engine", [])).get(FIRST):
        # twice n log n from the engine's first point on: the growth that is allowed
        allowed = [(n, first * 2 * n * math.log(n) / (FIRST * math.log(FIRST))) for n in (FIRST, 30_000, 100_000, 300_000, LAST)]
        out.append(f'<polyline points="{" ".join(f"{x(n):.1f},{y(s):.1f}" for n, s in allowed)}" fill="none" stroke="#767676" stroke-dasharray="4 4"/>')
        out.append(f'<text x="{x(LAST) + 8:.0f}" y="{y(allowed[-1][1]) - 6:.0f}" fill="#5a5a5a">2 × n log n</text>')
    for solver, points in series.items():
        points.sort()
        path = " ".join(f"{x(n):.1f},{y(s):.1f}" for n, s in points)
        out.append(f'<polyline points="{path}" fill="none" stroke="{colours[solver]}" stroke-width="2"/>')
        out += [f'<circle cx="{x(n):.1f}" cy="{y(s):.1f}" r="3" fill="{colours[solver]}"/>' for n, s in points]
        n, s = points[-1]
        out.append(f'<text x="{x(n) + 8:.0f}" y="{y(s) + 4:.0f}" fill="{colours[solver]}">{NAMES[solver]}</text>')
    return "\n".join(out + ["</svg>", ""])


def main():
    rows = load(sys.argv[1])
    text = open(sys.argv[2]).read()
    before, after = text.split(START)[0], text.split(END)[1]
    open(sys.argv[2], "w").write(f"{before}{START}\n{table(rows)}\n{END}{after}")
    open(sys.argv[3], "w").write(plot(rows))


main()
