// For orval: functions over fetch with types, and zod's schemas of what they take and return.
const input = "../../../openapi/kaizala-actions.yaml";

export default {
  fetch: {
    input,
    output: {
      target: "generated/orval/fetch.ts",
      client: "fetch",
      // The service's address is known at run time, and no 308 may be followed; without this the functions ask `/groups/…`.
      override: { mutator: { path: "src/orval-mutator.ts", name: "ask", extension: ".js" } },
    },
  },
  zod: {
    input,
    output: {
      target: "generated/orval/zod.ts",
      client: "zod",
      // A union that has a discriminator is told apart by it, and a fault is told of the alternative that is meant;
      // `?:` means absent, as in the other types.
      override: { zod: { generateDiscriminatedUnion: true, exactOptional: true } },
    },
  },
};
