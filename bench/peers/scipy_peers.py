"""Solves one file of the text format with SciPy: scipy_peers.py lapjvsp|highs FILE. Prints: matched total_fit solve_s cpu_s peak_mb."""
import resource
import sys
import time

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_matrix, csr_matrix
from scipy.sparse.csgraph import min_weight_full_bipartite_matching


def read(path):
    edges, capacity = [], None
    with open(path) as lines:
        for line in lines:
            part = line.split()
            if part[:1] == ["p"]:
                patients, companions = int(part[2]), int(part[3])
                capacity = np.zeros(companions, dtype=np.int64)
            elif part[:1] == ["n"]:
                capacity[int(part[1]) - 1] = int(part[2])
            elif part[:1] == ["e"]:
                edges.append((int(part[1]) - 1, int(part[2]) - 1, int(part[3])))
    return patients, capacity, np.array(edges, dtype=np.int64)


def lapjvsp(patients, capacity, edges, worth):
    """One column a place, one more a patient for staying without; full matchings only, so worths become costs above zero."""
    start = np.concatenate(([0], np.cumsum(capacity)))
    counts = capacity[edges[:, 1]]
    rows = np.repeat(edges[:, 0], counts)
    first = np.repeat(start[edges[:, 1]], counts)
    within = np.arange(len(rows)) - np.repeat(np.cumsum(counts) - counts, counts)
    cost = np.repeat(1001 - edges[:, 2], counts)
    own = np.arange(patients)
    matrix = csr_matrix((np.concatenate((cost, np.full(patients, worth + 1001))).astype(float),
                         (np.concatenate((rows, own)), np.concatenate((first + within, start[-1] + own)))),
                        shape=(patients, start[-1] + patients))
    found, columns = min_weight_full_bipartite_matching(matrix)
    costs = np.asarray(matrix[found, columns]).ravel()
    taken = columns < start[-1]
    return int(taken.sum()), int((1001 - costs[taken]).sum())


def highs(patients, capacity, edges, worth):
    count = len(edges)
    each = np.arange(count)
    matrix = coo_matrix((np.ones(2 * count), (np.concatenate((edges[:, 0], patients + edges[:, 1])), np.concatenate((each, each)))),
                        shape=(patients + len(capacity), count)).tocsr()
    result = linprog(-(edges[:, 2] + worth), A_ub=matrix, b_ub=np.concatenate((np.ones(patients), capacity)), bounds=(0, 1), method="highs-ds")
    taken = result.x > 0.5
    return int(taken.sum()), int(edges[taken, 2].sum())


def main():
    patients, capacity, edges = read(sys.argv[2])
    worth = 1000 * (len(capacity) + 1) + 1
    start, cpu = time.perf_counter(), time.process_time()
    matched, fit = {"lapjvsp": lapjvsp, "highs": highs}[sys.argv[1]](patients, capacity, edges, worth)
    seconds, used = time.perf_counter() - start, time.process_time() - cpu
    print(matched, fit, f"{seconds:.4f}", f"{used:.4f}", round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6))


main()
