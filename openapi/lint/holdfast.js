/*
 * The rules of this contract that Redocly has no setting for. redocly.yaml switches them on; each says what it guards.
 */

/** Objects and enums are named components: generated types get names that people would choose. */
function namedTypes() {
  return {
    Schema(schema, { report, location }) {
      if (schema.type !== 'object' && schema.enum === undefined && schema.properties === undefined) return;
      const isComponent = /^#\/components\/schemas\/[^/]+$/.test(location.pointer);
      if (!isComponent) report({ message: 'Objects and enums must be components with a name.' });
    },
  };
}

/** Objects are closed, so that a misspelt field is refused and a leaked one fails a test. `open` names the exceptions. */
function closedObjects({ open = [] }) {
  return {
    Schema(schema, { report, location }) {
      if (schema.type !== 'object') return;
      const name = location.pointer.replace('#/components/schemas/', '');
      const expected = open.includes(name);
      if (schema.additionalProperties !== expected) {
        report({
          message: `${name} must state additionalProperties: ${expected}.`,
          location: location.child('additionalProperties'),
        });
      }
    },
  };
}

const isText = ({ type }) => [type].flat().includes('string');
const isNumber = ({ type }) => [type].flat().some((one) => one === 'integer' || one === 'number');

/** What a client may send is bounded: texts in length and alphabet, which is said in words too, and numbers in range. */
function boundedRequests() {
  const checkAll = (root, { report, resolve, location }) => {
    const seen = new Set();
    const visit = (schemaOrReference, at) => {
      const resolved =
        schemaOrReference.$ref === undefined
          ? { node: schemaOrReference, location: at }
          : resolve(schemaOrReference);
      const schema = resolved.node;
      if (schema === undefined || seen.has(schema)) return;
      seen.add(schema);
      for (const message of unboundedIn(schema)) report({ message, location: resolved.location });
      for (const [keyword, part] of Object.entries(schema)) {
        const child = resolved.location.child(keyword);
        if (keyword === 'properties')
          for (const [name, one] of Object.entries(part)) visit(one, child.child(name));
        if (['items', 'not', 'additionalProperties'].includes(keyword) && typeof part === 'object')
          visit(part, child);
        if (['allOf', 'oneOf', 'anyOf'].includes(keyword))
          part.forEach((one, index) => visit(one, child.child(index)));
      }
    };
    if (root !== undefined) visit(root, location);
  };
  return {
    RequestBody(body, context) {
      for (const { schema } of Object.values(body.content ?? {})) checkAll(schema, context);
    },
    Parameter(parameter, context) {
      checkAll(parameter.schema, context);
    },
  };
}

function unboundedIn(schema) {
  const problems = [];
  const needs = (what, bounds) => {
    for (const bound of bounds)
      if (schema[bound] === undefined) problems.push(`${what} in a request must have ${bound}.`);
  };
  // A file is bounded by the server, which reads no more than the operation says.
  if (isText(schema) && schema.enum === undefined && schema.format !== 'binary') {
    needs('A text', ['maxLength', 'pattern', 'x-pattern-words']);
    if (schema.pattern !== undefined && acceptsBadText(schema.pattern)) {
      problems.push('The pattern of a text in a request must refuse NUL and lone surrogates.');
    }
  }
  if (isNumber(schema)) needs('A number', ['minimum', 'maximum']);
  return problems;
}

/** Tries them behind and before the beginnings of texts that the patterns of the contract take. */
function acceptsBadText(pattern) {
  const expression = new RegExp(pattern, 'u');
  const samples = ['', 'a', 'A', '1', 'ab@c', 'AB', 'abcdefgh', 'HF-1', 'order_1', 'pay_1', '+1234'];
  return samples.some((text) =>
    ['\0', '\ud800', '\udfff'].some(
      (bad) => expression.test(`${text}${bad}`) || expression.test(`${bad}${text}`),
    ),
  );
}

/** Query parameters are single values: brackets and repeated names mean something else to every server and client. */
function plainQuery() {
  return {
    Parameter: {
      Schema(schema, { report }) {
        if (['array', 'object'].includes(schema.type))
          report({ message: 'A parameter must be a single value.' });
      },
    },
  };
}

/** A form is for files, and files come in forms alone: at the top of one, each by a name of its own. */
function filesInForms() {
  const isFile = (schema, resolve) => (resolve(schema).node ?? schema).format === 'binary';
  return {
    RequestBody(body, { report, resolve, location }) {
      for (const [type, { schema = {} }] of Object.entries(body.content ?? {})) {
        const { properties = {} } = (schema.$ref === undefined ? schema : resolve(schema).node) ?? {};
        const hasFile = Object.values(properties).some((one) => isFile(one, resolve));
        if (hasFile !== (type === 'multipart/form-data')) {
          report({
            message: 'A body is multipart/form-data if and only if it has a file.',
            location: location.child(['content', type]),
          });
        }
      }
    },
  };
}

/** Every request and answer with a body shows at least one named example. */
function namedExamples() {
  return {
    MediaType(mediaType, { report }) {
      if (Object.keys(mediaType.examples ?? {}).length === 0)
        report({ message: 'A body must have named examples.' });
    },
  };
}

/** Errors have one shape, and the headers that belong to their status. `otherShape` names `operationId status` pairs that do not. */
function oneErrorShape({ otherShape = [] }) {
  const headerOf = { 401: 'WWW-Authenticate', 429: 'Retry-After', 503: 'Retry-After' };
  return {
    Operation(operation, { report, resolve, location }) {
      for (const [status, reference] of Object.entries(operation.responses ?? {})) {
        if (/^[123]/.test(status)) continue;
        const at = location.child(['responses', status]);
        const response = resolve(reference).node ?? reference;
        const schema = response.content?.['application/json']?.schema?.$ref;
        if (
          schema !== '#/components/schemas/ApiError' &&
          !otherShape.includes(`${operation.operationId} ${status}`)
        ) {
          report({ message: 'An error must have the shape ApiError.', location: at });
        }
        const header = headerOf[status];
        if (header !== undefined && response.headers?.[header] === undefined) {
          report({ message: `An answer ${status} must document the header ${header}.`, location: at });
        }
      }
    },
  };
}

/**
 * An operation that takes credentials documents 401 (a bad token is told even where none is needed), one that needs a role 403,
 * one with a body 413 and 415, and all of them 400 and default.
 */
function completeErrors() {
  return {
    Operation(operation, { report, location }) {
      const security = operation.security ?? [];
      const needsRole = security.some((one) => Object.values(one).some((roles) => roles.length > 0));
      const needed = ['400', 'default'];
      if (security.length > 0) needed.push('401');
      if (needsRole) needed.push('403');
      if (operation.requestBody !== undefined) needed.push('413', '415');
      for (const status of needed) {
        if (operation.responses?.[status] === undefined) {
          report({
            message: `The answer ${status} must be documented.`,
            location: location.child('responses'),
          });
        }
      }
    },
  };
}

/** A limit is told where it can be met: an operation that counts for one documents 429, and no other does. */
function limitsAreTold() {
  return {
    Operation(operation, { report, location }) {
      const limited = operation['x-rate-limit'] !== undefined;
      if (limited !== (operation.responses?.['429'] !== undefined)) {
        report({
          message: 'x-rate-limit and the answer 429 go together.',
          location: location.child('responses'),
        });
      }
    },
  };
}

/**
 * SDKs compile in every language. In Go all types, constructors (`NewX` of `X`) and enum constants of an SDK live in one namespace: no schema may
 * begin with `New`, and an enum that shares a value with another one needs names of its own (`x-enum-varnames`).
 */
function sdkSafeNames() {
  return {
    Components(components, { report, location }) {
      const owners = new Map();
      for (const [name, schema] of Object.entries(components.schemas ?? {})) {
        const at = location.child(['schemas', name]);
        if (/^New[A-Z]/.test(name))
          report({ message: `${name} would collide with a constructor in Go.`, location: at });
        if (schema.enum === undefined) continue;
        const constants =
          schema['x-enum-varnames'] ?? schema.enum.map((value) => value.toUpperCase().replace(/\W+/g, '_'));
        if (constants.length !== schema.enum.length)
          report({ message: `${name} must name every value.`, location: at });
        for (const constant of constants) {
          const owner = owners.get(constant);
          if (owner !== undefined)
            report({ message: `${constant} would be a constant of ${owner} and of ${name}.`, location: at });
          owners.set(constant, name);
        }
      }
    },
  };
}

/** An address ends without a slash. `except` names what people write with one, which is answered with the right address. */
function noTrailingSlash({ except = [] }) {
  return {
    PathItem(_item, { report, key }) {
      const path = String(key);
      if (path.length > 1 && path.endsWith('/') && !except.includes(path))
        report({ message: 'A path must not end with a slash.' });
    },
  };
}

export default function holdfast() {
  return {
    id: 'holdfast',
    rules: {
      oas3: {
        'named-types': namedTypes,
        'closed-objects': closedObjects,
        'bounded-requests': boundedRequests,
        'plain-query': plainQuery,
        'files-in-forms': filesInForms,
        'named-examples': namedExamples,
        'one-error-shape': oneErrorShape,
        'complete-errors': completeErrors,
        'limits-are-told': limitsAreTold,
        'sdk-safe-names': sdkSafeNames,
        'no-trailing-slash': noTrailingSlash,
      },
    },
  };
}
