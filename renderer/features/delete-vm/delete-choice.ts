/** Which files of the plans go, and when the delete button may be pressed. Pure. */
import type { DeletePlan, DeletePlanFile, OneDeletion, PartKind } from '../../../shared/model/delete-plan'
import { vmKey, type HostId, type VmRef } from '../../../shared/model/ids'
import { isActive, foreignReason, templateReason, type Vm } from '../../../shared/model/vm'

/** A VM that goes, with what was told of it. */
export interface Planned {
  readonly ref: VmRef
  readonly plan: DeletePlan
}

/** The same path on two hosts is two files; one that two VMs of a host have is one. */
export function fileKey(host: HostId, path: string): string {
  return `${host}\n${path}`
}

export function partKey(ref: VmRef, kind: PartKind): string {
  return `${vmKey(ref)} ${kind}`
}

export function canDeleteFile(file: DeletePlanFile): boolean {
  return file.keep === undefined && file.usedBy.length === 0
}

/** What cannot be mended in the dialog; a VM that runs can be forced off. */
export function whyRefused(vm: Vm): string | undefined {
  if (vm.isForeign === true) return foreignReason
  if (vm.isTemplate === true) return templateReason
  if (isActive(vm.state) && !vm.isPersistent) return 'It has no stored definition, and is gone once it stops'
  return undefined
}

/** Nothing a careful administrator would not tick himself. */
export function suggestedFiles(all: readonly Planned[]): ReadonlySet<string> {
  return new Set(
    all.flatMap(({ ref, plan }) =>
      plan.files
        .filter((file) => canDeleteFile(file) && file.isSuggested)
        .map(({ path }) => fileKey(ref.host, path)),
    ),
  )
}

/** Of what is ticked, what can go: nothing that somebody uses, nor the base of an image that stays. */
export function chosenKeys(all: readonly Planned[], ticked: ReadonlySet<string>): ReadonlySet<string> {
  const files = all.flatMap(({ ref: { host }, plan }) => plan.files.map((file) => ({ host, file })))
  const chosen = new Set(ticked)
  const known = new Set(files.map(({ host, file }) => fileKey(host, file.path)))
  for (const key of ticked) if (!known.has(key)) chosen.delete(key)
  for (const { host, file } of files) if (!canDeleteFile(file)) chosen.delete(fileKey(host, file.path))
  for (let before = -1; before !== chosen.size; ) {
    before = chosen.size
    for (const { host, file } of files)
      if (overlaysThatStay(host, file, chosen).length > 0) chosen.delete(fileKey(host, file.path))
  }
  return chosen
}

export function overlaysThatStay(
  host: HostId,
  file: DeletePlanFile,
  chosen: ReadonlySet<string>,
): readonly string[] {
  return file.neededBy.filter((overlay) => !chosen.has(fileKey(host, overlay)))
}

/** Each once, however many of the VMs have it. */
export function chosenFiles(all: readonly Planned[], chosen: ReadonlySet<string>): DeletePlanFile[] {
  const found = new Map<string, DeletePlanFile>()
  for (const { ref, plan } of all)
    for (const file of plan.files)
      if (chosen.has(fileKey(ref.host, file.path))) found.set(fileKey(ref.host, file.path), file)
  return [...found.values()]
}

/** What has to be typed before storage is destroyed; forgetting only definitions needs no more than the click. */
export function wordToType(all: readonly Planned[], fileCount: number): string | undefined {
  const [first, ...more] = all
  if (!first || fileCount === 0) return undefined
  if (more.length === 0) return first.plan.name
  return `delete ${fileCount} ${fileCount === 1 ? 'file' : 'files'}`
}

export function totalBytes(files: readonly DeletePlanFile[]): number {
  return files.reduce((sum, file) => sum + (file.allocationBytes ?? file.sizeBytes ?? 0), 0)
}

export interface Wishes {
  readonly chosen: ReadonlySet<string>
  /** By partKey. */
  readonly kept: ReadonlySet<string>
  /** By vmKey. */
  readonly forcedOff: ReadonlySet<string>
}

/** By host, in the order of the list. */
export function requestsFor(
  all: readonly Planned[],
  { chosen, kept, forcedOff }: Wishes,
): Map<HostId, OneDeletion[]> {
  const byHost = new Map<HostId, OneDeletion[]>()
  for (const { ref, plan } of all) {
    const one: OneDeletion = {
      vm: ref.vm,
      stamp: plan.stamp,
      deleteFiles: plan.files.map(({ path }) => path).filter((path) => chosen.has(fileKey(ref.host, path))),
      keepParts: plan.parts
        .filter(({ kind, fixed }) => fixed === undefined && kept.has(partKey(ref, kind)))
        .map(({ kind }) => kind),
      forceOff: forcedOff.has(vmKey(ref)),
    }
    byHost.set(ref.host, [...(byHost.get(ref.host) ?? []), one])
  }
  return byHost
}
