import { documentationHandlers, type Site } from '../../src/platform/http/documentation.js';
import type { Api } from '../../src/platform/http/operation.js';

type Options = {
  /** Undefined where the build has made none: then the pages say how to make them. */
  site: Site | undefined;
  /** Whether the present request prefers an answer of the contract. */
  isPreferred: () => boolean;
};

/** The mock with the real pages, on which its operations can be tried. An answer that is preferred is still an example. */
export function withDocumentation(examples: Api, { site, isPreferred }: Options): Api {
  const real = documentationHandlers(site);
  const { getDocumentation, getDocumentationPart, redirectToDocumentation } = examples.system;
  return {
    ...examples,
    system: {
      ...examples.system,
      getDocumentation: (call) => (isPreferred() ? getDocumentation : real.getDocumentation)(call),
      getDocumentationPart: (call) =>
        (isPreferred() ? getDocumentationPart : real.getDocumentationPart)(call),
      redirectToDocumentation: (call) =>
        (isPreferred() ? redirectToDocumentation : real.redirectToDocumentation)(call),
    },
  };
}
