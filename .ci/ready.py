"""Demands of a scorecard what the ready platform owes: restored, every scenario valid, every asked question met."""

import json
import sys

card = json.load(open(sys.argv[1], encoding="utf-8"))
problems = []
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
        problems.append(
            f"{finding['scenario']}/{finding['question']}/{finding['check']}: found {finding['outcome']}, expected met:"
            f" {finding['message']}"
        )
for problem in problems:
    print(problem, file=sys.stderr)
print(f"{len(findings)} findings of {len(card['scenarios'])} scenarios, {len(problems)} problems")
sys.exit(1 if problems else 0)
