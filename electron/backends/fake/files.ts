import type { FakeFile } from './model'

/** Each file has a number of its own for as long as it is there, whatever is written to it. */
export class FakeFiles extends Map<string, FakeFile> {
  readonly #ids = new Map<string, number>()
  #next = 1

  override set(path: string, file: FakeFile): this {
    if (!this.#ids.has(path)) this.#ids.set(path, this.#next++)
    return super.set(path, file)
  }

  override delete(path: string): boolean {
    this.#ids.delete(path)
    return super.delete(path)
  }

  idOf(path: string): string | undefined {
    return this.#ids.get(path)?.toString()
  }
}
