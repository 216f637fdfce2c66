/** Snapshots as every hypervisor has them here: the rules are the same, the driver only does what they come to. */
import { AppError } from '../../../shared/errors'
import type { VmId } from '../../../shared/model/ids'
import { EditDocument } from '../../domain-xml/edit/tree'
import { definitionIn, moveDisk, withMergedFile, withWords } from '../../domain-xml/snapshots/document'
import { maskSecrets } from '../../domain-xml/secrets'
import type { ActionContext } from '../backend'
import type { DeleteWish, EditWish, RevertWish, SnapshotSession } from '../snapshot-session'
import { actionsOf } from './actions'
import type { Deed } from './delete-order'
import type { SnapshotDriver } from './driver'
import { externalDisks } from './obstacles'
import { formatOf, refuseUnless, workOutRevert, snapshotNamed, workOutDelete } from './plans'
import type { Reading } from './reading'
import { viewOf } from './view'
import { orderOf } from './wish'

export function snapshotSession(driver: SnapshotDriver): SnapshotSession {
  /** Told when it ends, however it ends: a part of it may have happened. */
  const telling = async <T>(vm: VmId, work: () => Promise<T>): Promise<T> => {
    try {
      return await work()
    } finally {
      driver.changed(vm)
    }
  }
  return {
    snapshots: async (vm) => viewOf(await driver.read(vm)),
    async snapshotDefinition(vm, name) {
      const reading = await driver.read(vm)
      const before = definitionIn(snapshotNamed(reading, name))
      if (!before) throw new AppError('not-found', 'The snapshot does not tell what the VM was')
      return { before: maskSecrets(before), now: maskSecrets(reading.vm.definition) }
    },
    async createSnapshot(vm, wish, context) {
      const order = orderOf(await driver.read(vm), wish)
      await telling(vm, () => driver.create(vm, order, context))
    },
    async revertPlan(vm, name) {
      return workOutRevert(driver, await driver.read(vm), name)
    },
    async revertSnapshot(vm, wish) {
      const reading = await driver.read(vm)
      refuseOther((await workOutRevert(driver, reading, wish.name)).stamp, wish.stamp)
      await telling(vm, () => revert(driver, vm, reading, wish))
    },
    async snapshotDeletePlan(vm, wish) {
      return (await workOutDelete(driver, await driver.read(vm), wish)).plan
    },
    async deleteSnapshots(vm, { stamp, ...wish }: DeleteWish, context) {
      const { plan, deeds } = await workOutDelete(driver, await driver.read(vm), wish)
      refuseOther(plan.stamp, stamp)
      await telling(vm, () => doAll(driver, vm, deeds, context))
    },
    async editSnapshot(vm, wish) {
      await telling(vm, async () => edit(driver, vm, await driver.read(vm), wish))
    },
  }
}

function refuseOther(stamp: string, seen: string): void {
  if (stamp === seen) return
  throw new AppError('busy', 'The VM or its snapshots have changed since this was shown', {
    cure: 'Nothing was done. Look at what would be done now, and decide again.',
  })
}

async function revert(
  driver: SnapshotDriver,
  vm: VmId,
  reading: Reading,
  { name, start }: RevertWish,
): Promise<void> {
  const snapshot = snapshotNamed(reading, name)
  if (snapshot.kind === 'internal') {
    await driver.revertInternal(vm, name, start)
    return
  }
  const disks = externalDisks(snapshot)
  await driver.resetOverlays(
    vm,
    disks.map(({ target, overlay, file }) => ({
      target,
      overlay,
      base: file,
      baseFormat: formatOf(reading, file),
    })),
    snapshot.memoryFile,
  )
  if (snapshot.memoryFile !== undefined) {
    // the memory knows the disks as they were called before the snapshot, and would be let write to what it keeps
    const live = snapshot.document.root.find('domain')
    if (!live) throw new AppError('not-found', 'The snapshot does not tell what the VM was')
    const definition = EditDocument.parse(live.toString())
    for (const { target, overlay } of disks)
      moveDisk(definition.root, target, { path: overlay, format: 'qcow2' })
    await driver.restoreMemory(
      vm,
      { file: snapshot.memoryFile, definition, wasPaused: snapshot.state === 'paused' },
      start,
    )
  } else if (start !== 'as-was') {
    await driver.startVm(vm, start)
  }
}

/** Each is read anew, as the one before it has changed what it looks at; between two of them it can be cancelled. */
async function doAll(
  driver: SnapshotDriver,
  vm: VmId,
  deeds: readonly Deed[],
  context: ActionContext,
): Promise<void> {
  for (const [at, deed] of deeds.entries()) {
    if (context.signal.aborted)
      throw new AppError(
        'cancelled',
        at === 0 ? 'Cancelled' : `Cancelled after ${at} of ${deeds.length} steps`,
        {
          cure: 'What is done stays done; all disks are whole, and the snapshots that are left work.',
        },
      )
    await perform(driver, vm, deed, {
      signal: context.signal,
      onProgress: (fraction, amount) => context.onProgress((at + fraction) / deeds.length, amount),
    })
    context.onProgress((at + 1) / deeds.length)
  }
}

async function perform(driver: SnapshotDriver, vm: VmId, deed: Deed, context: ActionContext): Promise<void> {
  switch (deed.kind) {
    case 'remove-data':
      return driver.removeData(vm, deed.snapshot)
    case 'forget':
      return driver.forget(vm, deed.snapshot)
    case 'remove-file':
      return driver.removeFile(deed.path)
    case 'merge':
  }
  const before = await driver.read(vm)
  await driver.merge(
    vm,
    {
      target: deed.target,
      overlay: deed.from,
      base: deed.into,
      baseFormat: formatOf(before, deed.into),
      ...(deed.above === undefined ? {} : { above: deed.above }),
    },
    context,
  )
  // what the next snapshot keeps is in the file below from now on
  for (const one of before.snapshots) {
    const document = withMergedFile(one, {
      from: deed.from,
      into: deed.into,
      format: formatOf(before, deed.into),
    })
    if (document && one.name !== deed.snapshot)
      await driver.redefine(vm, document, before.current === one.name)
  }
}

/** A new name is another snapshot to libvirt: it is defined beside the old one, whose children are moved to it. */
async function edit(
  driver: SnapshotDriver,
  vm: VmId,
  reading: Reading,
  { name, newName, description }: EditWish,
): Promise<void> {
  const snapshot = snapshotNamed(reading, name)
  const words = description === undefined ? {} : { description }
  const isCurrent = reading.current === name
  if (newName === undefined || newName === name) {
    await driver.redefine(vm, withWords(snapshot, words), isCurrent)
    return
  }
  refuseUnless(actionsOf(reading, snapshot).rename, 'newName')
  if (reading.snapshots.some((one) => one.name === newName))
    throw new AppError('already-exists', `The VM has a snapshot “${newName}” already`, {
      cure: 'Choose another name.',
      field: 'newName',
    })
  await driver.redefine(vm, withWords(snapshot, { ...words, name: newName }), isCurrent)
  for (const child of reading.snapshots)
    if (child.parent === name)
      await driver.redefine(vm, withWords(child, { parent: newName }), reading.current === child.name)
  await driver.forget(vm, name)
}
