"""python.py jsonschema-rs|fastjsonschema SCHEMA FILE: reads a body on each line and validates it. Prints how many bodies are
invalid."""

import json
import sys
from collections.abc import Callable


def jsonschema_rs(schema: object) -> Callable[[object], bool]:
    from jsonschema_rs import validator_for

    return validator_for(schema).is_valid


def fastjsonschema(schema: object) -> Callable[[object], bool]:
    from fastjsonschema import JsonSchemaValueException, compile

    # Its exceptions are detailed, which costs little: without that it does not compile `const`.
    validate = compile(schema)

    def is_valid(body: object) -> bool:
        try:
            validate(body)
        except JsonSchemaValueException:
            return False
        return True

    return is_valid


PEERS = {"jsonschema-rs": jsonschema_rs, "fastjsonschema": fastjsonschema}


def main() -> None:
    peer, schema_path, path = sys.argv[1:]
    with open(schema_path, "rb") as file:
        is_valid = PEERS[peer](json.load(file))
    invalid = 0
    with open(path, "rb") as bodies:
        for line in bodies:
            try:
                invalid += not is_valid(json.loads(line))
            except ValueError:
                invalid += 1
    print(invalid)


main()
