import swc from '@swc/jest';

/** Replaces the text that HOLDFAST_MUTANT (`{file, find, replace}`) names before the file is compiled. */
export default {
  createTransformer(options) {
    const inner = swc.createTransformer(options);
    const { file, find, replace } = JSON.parse(process.env.HOLDFAST_MUTANT ?? '{}');
    const mutated = (source, path) =>
      path.endsWith(`/${file}`) ? source.replace(find, () => replace) : source;
    return {
      ...inner,
      process: (source, path, how) => inner.process(mutated(source, path), path, how),
      processAsync: (source, path, how) => inner.processAsync(mutated(source, path), path, how),
      getCacheKey: (source, path, how) => inner.getCacheKey(mutated(source, path), path, how),
    };
  },
};
