// @ts-check
/** A reporter that says which file of tests begins: vitest speaks of a file after its end, so one that hangs has no name. */

/** @typedef {import('vitest/node').Reporter} Reporter */

/** @implements {Reporter} */
export default class FilesAtWork {
  /** @param {import('vitest/node').TestModule} file */
  onTestModuleStart(file) {
    console.log(`▶ ${new Date().toISOString().slice(11, 19)} ${file.relativeModuleId}`)
  }
}
