// A list may hold types that the contract does not know (D-30), and no generator of TypeScript says so: its union is closed, and
// after all cases the `default` of a switch is of the type `never`. With these types the compiler knows what comes there.
import type { components } from "../generated/kaizala-actions.js";

/** Stands for any other text. It is a string of a type of its own, so that no `case` takes it; `string` would be taken by all. */
declare enum Unlisted {
  Type = "",
}

/** An action of a type that the contract does not know. */
export interface UnknownAction {
  referenceId: string;
  actionType: Unlisted;
  actionBody: unknown;
}

/** An action of a list as it can come. Any list's actions can be used as such, without a cast. */
export type AnyListedAction = components["schemas"]["ListedAction"] | UnknownAction;
