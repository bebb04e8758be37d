"""Checks the collectors' tables, given as JSON on standard input, against botocore's service models: operations, inputs,
and the places in answers that the tables name. Prints one line a mistake."""
import json
import re
import sys

import botocore.loaders

LOADER = botocore.loaders.Loader()

# npm's name of a client, where botocore has another
SERVICES = {
    "api-gateway": "apigateway", "cloudwatch-logs": "logs", "config-service": "config", "cost-explorer": "ce", "elastic-load-balancing-v2": "elbv2",
    "eventbridge": "events", "lex-models-v2": "lexv2-models", "s3-control": "s3control", "secrets-manager": "secretsmanager",
    "sfn": "stepfunctions", "opensearchserverless": "opensearchserverless", "resource-groups-tagging-api": "resourcegroupstaggingapi",
}


class Model:
    def __init__(self, package):
        name = package.removeprefix("client-")
        self.name = SERVICES.get(name, name)
        self.model = LOADER.load_service_model(self.name, "service-2")
        self.shapes = self.model["shapes"]

    def operation(self, name):
        return self.model["operations"].get(name)

    def shape(self, operation, side):
        described = self.operation(operation)
        return described[side]["shape"] if described and side in described else None

    def at(self, shape, pointer):
        """The shapes that a pointer reaches from a shape; empty when it does not exist."""
        shapes = [shape] if shape else []
        for step in [s for s in (pointer or "").split("/") if s]:
            reached = []
            for each in shapes:
                s = self.shapes[each]
                if s["type"] == "structure" and step in s["members"]:
                    reached.append(s["members"][step]["shape"])
                elif s["type"] == "structure" and step == "*":
                    reached += [m["shape"] for m in s["members"].values()]
                elif s["type"] == "list" and (step == "*" or step.isdigit()):
                    reached.append(s["member"]["shape"])
                elif s["type"] == "map":
                    reached.append(s["value"]["shape"])
            shapes = reached
        return shapes

    def members(self, shapes):
        return {m for s in shapes for m in self.shapes[s].get("members", {})}


def check(collector, out):
    try:
        model = Model(collector["package"])
    except botocore.exceptions.UnknownServiceError as error:
        return out(f"{collector['id']}: {error}")

    def check_call(where, call, known, page=(), parents=()):
        """Whether the operation exists and gets what it needs; gives the shapes of the wanted part."""
        name = call["operation"]
        if model.operation(name) is None:
            out(f"{where}: no operation {name}")
            return []
        shape = model.shape(name, "input")
        inputs = model.shapes[shape]["members"] if shape else {}
        given = set(call.get("by", {})) | set(call.get("with") or {}) | set(page)
        for member in set(call.get("by", {})) | set(call.get("with") or {}):
            if member not in inputs:
                out(f"{where}: {name} takes no {member} (takes {', '.join(inputs)})")
        for member in model.shapes[shape].get("required", []) if shape else []:
            if member not in given:
                out(f"{where}: {name} needs {member}")
        pointers = [p for pointer in call.get("by", {}).values() for p in (re.findall(r"\{([^}]+)\}", pointer) if "{" in pointer else [pointer])]
        for pointer in pointers:
            first, _, rest = pointer.removesuffix("[]").partition("/")
            if first in ("$account", "$region", "$arn", "$", "account", "region", "partition") or known is None:
                continue
            members = (parents[-1] if parents else set()) if first == "$parent" else known
            wanted = rest.split("/")[0] if first == "$parent" else first
            if members is not None and wanted != "$" and wanted not in members:
                out(f"{where}: {name} is given {pointer}, which the item has not (has {', '.join(sorted(members))})")
        output = model.shape(name, "output")
        reached = model.at(output, call.get("at"))
        if call.get("at") and not reached:
            out(f"{where}: the answer of {name} has no {call['at']} (has {', '.join(model.members([output] if output else []))})")
        return reached

    def check_row(row, parents):
        where = f"{collector['id']} {row['type']}"
        known = set()
        if row.get("list"):
            output = check_call(where, row["list"], set(), collector.get("page") or {}, parents)
            items = [s for o in output for s in model.at(o, f"{row.get('items', '')}/*")]
            if output and not items:
                out(f"{where}: the answer of {row['list']['operation']} has no {row.get('items')} (has {', '.join(model.members(output))})")
            known |= model.members(items)
        many = row.get("describeMany")
        if many:
            if model.operation(many["operation"]) is None:
                out(f"{where}: no operation {many['operation']}")
            else:
                shape = model.shape(many["operation"], "input")
                for member in [m for m in [many["member"], *(many.get("with") or {})] if m]:
                    if member not in model.shapes[shape]["members"]:
                        out(f"{where}: {many['operation']} takes no {member}")
                items = model.at(model.shape(many["operation"], "output"), f"{many['items']}/*")
                if not items:
                    out(f"{where}: the answer of {many['operation']} has no {many['items']}")
                known = model.members(items)
        if row.get("describe"):
            known |= model.members(check_call(where, row["describe"], known, (), parents))
        derived = set(row.get("derived") or [])
        for more in row.get("more") or []:
            reached = check_call(where, more, known, (), parents)
            if more.get("each"):
                check_call(where, more["each"], model.members([s for r in reached for s in model.at(r, "*")]), (), [*parents, known])
        if isinstance(row.get("tags"), dict):
            check_call(where, row["tags"], known | derived, (), parents)
        for pointer in [row.get("name"), row.get("arn"), *(row.get("id") or [])]:
            if not pointer or "{" in pointer or pointer.startswith("$") or row.get("derive") or not known:
                continue
            if pointer.split("/")[0] not in known:
                out(f"{where}: the item has no {pointer} (has {', '.join(sorted(known))})")
        for child in row.get("children") or []:
            check_row(child, [*parents, known | {"$parent"}])

    if collector.get("tags"):
        check_call(f"{collector['id']} tags", collector["tags"], set())
    for row in collector["resources"]:
        check_row(row, [])


mistakes = []
for collector in json.load(sys.stdin):
    check(collector, mistakes.append)
print("\n".join(mistakes))
