// For @hey-api/openapi-ts.
export default {
  input: "../openapi/kaizala-actions.yaml",
  output: {
    path: "typescript/generated/hey-api",
    // Node.js wants whole names in what is imported.
    importFileExtension: ".js",
    // Its own code is not made for `exactOptionalPropertyTypes`; ours is, and its types are checked where we use them.
    header: "// @ts-nocheck",
  },
  plugins: ["@hey-api/typescript", "@hey-api/sdk", "@hey-api/client-fetch"],
};
