/** Bundles that the user chose in a dialog, which the window knows by an id only. */
import { AppError } from '../../../shared/errors'
import type { BundleSummary } from '../../../shared/model/new-vm/bundle'
import type { Member } from '../foreign/package/package'
import type { ChosenFiles } from '../uploaded-volume'
import { openBundleFile, readBundle, summaryOf, type Bundle } from './read'

export class Bundles implements ChosenFiles {
  constructor(private readonly files: { path(id: string, kind: 'open'): string }) {}

  /** Null for what is none. */
  async summary(file: string): Promise<BundleSummary | null> {
    const found = await readBundle(this.files.path(file, 'open'))
    return found ? summaryOf(found.manifest) : null
  }

  async read(file: string): Promise<Bundle> {
    const found = await readBundle(this.files.path(file, 'open'))
    if (found) return found
    throw new AppError('invalid', 'This is no bundle any more', { cure: 'Choose it again.' })
  }

  open(file: string, member: string): Promise<Member> {
    return openBundleFile(this.files.path(file, 'open'), member)
  }
}
