import { lint } from "kaizala-actions";

document.title = lint('{"actionType": "job", "actionBody": {}}').findings.map(({ rule }) => rule).join();
