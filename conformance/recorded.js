// What a sandbox has recorded, as an HTTP archive. It tells only those who have its token.
import { readFileSync } from "node:fs";

export const { token } = JSON.parse(readFileSync(new URL("scenario.json", import.meta.url), "utf8"));

export async function recorded(url) {
  const response = await fetch(`${url}/_sandbox/exchanges`, { headers: { accessToken: token } });
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response.json();
}
