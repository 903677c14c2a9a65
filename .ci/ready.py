"""Demands of a scorecard what the ready platform owes: restored, every scenario valid, every asked question met.

Exit codes: 0 it does, 1 it does not, 3 nothing is wrong but that the load generator itself says it was late, so that its
figures are no evidence for or against: to be measured anew.
"""

import json
import sys

card = json.load(open(sys.argv[1], encoding="utf-8"))
problems = []
instrument = []
if card["restored"] is not True:
    problems.append(f"restored: found {card['restored']}, expected true")
if not card["scenarios"]:
    problems.append("scenarios: found none")
for scenario in card["scenarios"]:
    if scenario["state"] != "valid":
        problems.append(f"{scenario['id']}: found {scenario['state']} ({scenario.get('reason')}), expected valid")
findings = [finding for capability in card["capabilities"] for finding in capability["findings"]]
if not findings:
    problems.append("findings: found none")
for finding in findings:
    if finding["outcome"] != "met":
        late = finding["outcome"] == "unknown" and "the load generator" in finding["message"]
        (instrument if late else problems).append(
            f"{finding['scenario']}/{finding['question']}/{finding['check']}: found {finding['outcome']}, expected met:"
            f" {finding['message']}"
        )
for problem in problems + instrument:
    print(problem, file=sys.stderr)
print(
    f"{len(findings)} findings of {len(card['scenarios'])} scenarios, {len(problems)} problems,"
    f" {len(instrument)} not measured because the load generator was late"
)
sys.exit(1 if problems else 3 if instrument else 0)
