// What the functions that orval makes call in the place of `fetch`.
import { client } from "../../../typescript/src/scenario.js";

/** Returns an answer as orval's types want it: `status` tells which type `data` has. */
export async function ask<T>(path: string, options: RequestInit): Promise<T> {
  const headers = { ...(options.headers as Record<string, string> | undefined), ...client.headers };
  // A 308 names a new base and not the whole address, so it must not be followed (D-27).
  const response = await fetch(client.baseUrl + path, { ...options, headers, redirect: "manual" });
  const text = await response.text();
  return { status: response.status, headers: response.headers, data: text === "" ? undefined : JSON.parse(text) } as T;
}
