/** What jobs on disks leave behind on a demo host. */
import { putDisk, sourceDisks } from '../../../clone/source-disks'
import { EditDocument } from '../../../domain-xml/edit/tree'
import { factsFromXml } from '../facts-from-xml'
import type { FakeHost } from '../fake-host'
import type { FakeFile, FakeVm } from '../model'
import { runningXmlOf, storedXmlOf } from '../xml'

/** All of what a guest sees in one image is in the other. */
export function fillCopy(host: FakeHost, from: string, to: string): void {
  const copy = host.files.get(to)
  if (!copy) return
  const chain = chainOf(host, from)
  const content = chain.find((file) => file.content)?.content
  host.files.set(to, {
    ...copy,
    allocationBytes: allocated(chain, copy.sizeBytes),
    modifiedAtMs: host.clock.now(),
    ...(content ? { content: content.copy() } : {}),
  })
}

export function flattenImage(host: FakeHost, path: string): void {
  const file = host.files.get(path)
  if (!file) return
  const { backingPath: _, backingFormat: __, ...alone } = file
  host.files.set(path, { ...alone, allocationBytes: allocated(chainOf(host, path), file.sizeBytes) })
}

/** `above`: the layer that was built on the first of them, if there is one. */
export function mergeImages(host: FakeHost, layers: readonly string[], base: string, above?: string): void {
  const file = host.files.get(base)
  if (!file) return
  const chain = [base, ...layers].flatMap((path) => host.files.get(path) ?? [])
  host.files.set(base, { ...file, allocationBytes: allocated(chain, file.sizeBytes) })
  const upper = above === undefined ? undefined : host.files.get(above)
  if (above !== undefined && upper)
    host.files.set(above, { ...upper, backingPath: base, backingFormat: file.format })
}

/** In what runs and in what is stored, as libvirt does. */
export function putDiskOf(
  host: FakeHost,
  vm: FakeVm,
  target: string,
  { path, format }: { readonly path: string; readonly format: string },
): void {
  const put = (xml: string): EditDocument => {
    const document = EditDocument.parse(xml)
    const disk = sourceDisks(document.root).find((one) => one.target === target)
    if (disk) putDisk(disk.element, { kind: 'file', path }, format)
    return document
  }
  const running = put(runningXmlOf(vm, host.displayPort(vm)))
  const stored = vm.isPersistent ? put(storedXmlOf(vm)) : undefined
  host.change(vm, {
    runningXml: running.toString(),
    ...(stored ? { storedXml: stored.toString() } : {}),
    definition: factsFromXml(vm.definition, running.root),
  })
}

function chainOf(host: FakeHost, path: string): FakeFile[] {
  const chain: FakeFile[] = []
  for (let at: string | undefined = path; at !== undefined && chain.length < 50; ) {
    const file: FakeFile | undefined = host.files.get(at)
    if (!file) break
    chain.push(file)
    at = file.backingPath
  }
  return chain
}

function allocated(files: readonly FakeFile[], most: number): number {
  return Math.min(
    most,
    files.reduce((sum, { allocationBytes }) => sum + allocationBytes, 0),
  )
}
