/** Sizes of new VMs that the user kept under a name. */
import { randomUUID } from 'node:crypto'
import { AppError } from '../../shared/errors'
import {
  maxSizePresets,
  usualSizePresets,
  type SaveSizePreset,
  type SizePreset,
} from '../../shared/model/new-vm/size-preset'
import type { Settings } from './settings'

export class SizePresets {
  constructor(private readonly settings: Settings) {}

  list(): readonly SizePreset[] {
    return this.settings.data.sizePresets ?? []
  }

  async save({ id, ...preset }: SaveSizePreset): Promise<readonly SizePreset[]> {
    const before = this.list()
    if (id !== undefined && !before.some((one) => one.id === id))
      throw new AppError('not-found', 'This size is no longer there')
    const label = preset.label.toLowerCase()
    const others = [...usualSizePresets, ...before.filter((one) => one.id !== id)]
    if (others.some((one) => one.label.toLowerCase() === label))
      throw new AppError('already-exists', `There is already a size called "${preset.label}"`, {
        cure: 'Choose another name.',
        field: 'label',
      })
    if (id === undefined && before.length >= maxSizePresets)
      throw new AppError('invalid', `More than ${maxSizePresets} sizes are not kept`, {
        cure: 'Delete one first.',
      })
    await this.#put(
      id === undefined
        ? [...before, { id: randomUUID(), ...preset }]
        : before.map((one) => (one.id === id ? { id, ...preset } : one)),
    )
    return this.list()
  }

  async remove(id: string): Promise<readonly SizePreset[]> {
    await this.#put(this.list().filter((one) => one.id !== id))
    return this.list()
  }

  #put(sizePresets: readonly SizePreset[]): Promise<void> {
    return this.settings.update((data) => ({ ...data, sizePresets: [...sizePresets] }))
  }
}
