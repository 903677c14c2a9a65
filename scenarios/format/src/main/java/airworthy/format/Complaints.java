package airworthy.format;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Gathers the problems of one file, in the order of the file. Of several about one value, the first stays. */
final class Complaints {
    private final List<Problem> problems = new ArrayList<>();
    private final Set<Place> blamed = new HashSet<>();

    Complaints(List<Problem> first) {
        first.forEach(this::add);
    }

    void add(Problem problem) {
        if (blamed.add(new Place(problem.line(), problem.column(), problem.path()))) {
            problems.add(problem);
        }
    }

    List<Problem> all() {
        return problems.stream().sorted(Problem.BY_PLACE).toList();
    }

    private record Place(int line, int column, String path) {}
}
