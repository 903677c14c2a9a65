package airworthy.model;

/**
 * One entry of a scenario's undo list.
 *
 * @param id unique in a run, for example {@code SRV-4/0}
 * @param scenario whose change it takes back
 * @param undo what to do
 */
public record UndoStep(String id, ScenarioId scenario, Undo undo) {}
