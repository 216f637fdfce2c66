import { plain, type Values } from '../field'
import { isQ35, isQemu, isX86, isXen, itemsOf, type CheckContext, type Fix, type Problem } from '../kind'
import { pciPorts } from '../pci-ports'
import { companions, isModelOf, modelsOf } from './controller-models'

export function controllerProblems(values: Values, context: CheckContext): Problem[] {
  const at = context.self === undefined ? {} : { item: context.self }
  const error = (field: string, message: string): Problem => ({ severity: 'error', message, field, ...at })
  const type = plain(values.type)
  const model = plain(values.model)
  const problems: Problem[] = []
  if (model !== '' && Object.hasOwn(modelsOf, type) && !isModelOf(type, model))
    problems.push(error('model', 'This model is of another type; choose one of the list'))
  if (type === 'pci' && model === '') problems.push(error('model', 'Choose a model'))
  const index = values.index === undefined ? undefined : Number(values.index)
  const isBridge = type === 'pci' && model !== 'pci-root' && model !== 'pcie-root'
  if (isBridge && index === 0) problems.push(error('index', 'The number 0 is that of the root'))
  if (model === 'pcie-root' && (index ?? 0) !== 0) problems.push(error('index', 'The root has the number 0'))
  if (type === 'ide' && (index ?? 0) !== 0)
    problems.push(error('index', 'A machine has one IDE controller, with the number 0'))
  if (type === 'ide' && isQ35(context)) problems.push(error('type', 'Q35 machines have no IDE; use SATA'))
  if (type === 'xenbus' && !isXen(context)) problems.push(error('type', 'Only Xen has a Xen bus'))
  if (values.masterPort === undefined && Object.hasOwn(companions, model))
    problems.push(error('masterPort', 'Enter the port of the USB 2 controller that it helps'))
  if (hasTwin(values, context))
    problems.push(error('index', 'Another controller of this type has this number'))
  if (model === 'none' && itemsOf(context, 'controller').some((item) => isOtherUsb(item, context)))
    problems.push(error('model', 'There are other USB controllers'))
  if (model.endsWith('-xhci') && Number(values.ports ?? 0) > 15)
    problems.push(error('ports', 'Use at most 15 ports'))
  problems.push(
    ...companionHint(values, context),
    ...portHint(values, context),
    ...oldAdapterHint(values, context),
    ...oldGuestHint(values, context),
  )
  return problems
}

type Item = ReturnType<typeof itemsOf>[number]

const isSelf = (item: Item, { self }: CheckContext): boolean => item.ref.key === self?.key

function isOtherUsb(item: Item, context: CheckContext): boolean {
  return !isSelf(item, context) && item.values.type === 'usb'
}

/** USB 2 and its companions have one number together. */
function hasTwin(values: Values, context: CheckContext): boolean {
  const isSet = plain(values.model).startsWith('ich9-')
  return (
    values.index !== undefined &&
    itemsOf(context, 'controller').some(
      (item) =>
        !isSelf(item, context) &&
        item.values.type === values.type &&
        item.values.index === values.index &&
        !(isSet && plain(item.values.model).startsWith('ich9-') && item.values.model !== values.model),
    )
  )
}

function companionHint(values: Values, context: CheckContext): Problem[] {
  if (values.model !== 'ich9-ehci1') return []
  const index = values.index ?? 0
  const there = new Set(
    itemsOf(context, 'controller')
      .filter((item) => item.values.type === 'usb' && (item.values.index ?? 0) === index)
      .map((item) => plain(item.values.model)),
  )
  const missing = Object.entries(companions).filter(([model]) => !there.has(model))
  if (missing.length === 0) return []
  const changes: Fix[] = missing.map(([model, masterPort]) => ({
    kind: 'add',
    device: 'controller',
    values: { type: 'usb', model, index, masterPort },
  }))
  return [
    {
      severity: 'warning',
      message: 'Mice, keyboards and tablets are too slow for USB 2 alone: it needs its three companions',
      field: 'model',
      ...(context.self === undefined ? {} : { item: context.self }),
      fix: { label: 'Add the companions', changes },
    },
  ]
}

/** Said once, at the root: ports cannot come while the guest runs. */
function portHint(values: Values, context: CheckContext): Problem[] {
  if (values.model !== 'pcie-root') return []
  const ports = pciPorts(context)
  if (!ports || !(isX86(context) || context.machine.startsWith('virt'))) return []
  const at = context.self === undefined ? {} : { item: context.self }
  if (ports.free > 0) {
    const message = `${ports.free} of ${ports.total} PCIe ports ${ports.free === 1 ? 'is' : 'are'} free for devices that are plugged in while the guest runs`
    return [{ severity: 'hint', message, field: 'model', ...at }]
  }
  const port: Fix = { kind: 'add', device: 'controller', values: { type: 'pci', model: 'pcie-root-port' } }
  return [
    {
      severity: 'warning',
      message:
        'No PCIe port is free, so no disk or network card can be plugged in while the guest runs; ports come only while it is off',
      field: 'model',
      ...at,
      fix: { label: 'Add four ports', changes: [port, port, port, port] },
    },
  ]
}

/** QEMU keeps its LSI adapter for guests that know no other. */
function oldAdapterHint({ type, model }: Values, context: CheckContext): Problem[] {
  if (type !== 'scsi' || model !== 'lsilogic' || !isQemu(context)) return []
  const { self } = context
  return [
    {
      severity: 'hint',
      message: 'For old systems only: all others are faster and safer with VirtIO SCSI',
      field: 'model',
      ...(self === undefined
        ? {}
        : {
            item: self,
            fix: {
              label: 'Use VirtIO SCSI',
              changes: [{ kind: 'set', item: self, values: { model: 'virtio-scsi' } }],
            },
          }),
    },
  ]
}

/** Kernels before 3.x have PCI hot-plug in a module of its own, which SLES 11 does not load by itself. */
function oldGuestHint({ model }: Values, context: CheckContext): Problem[] {
  if (model !== 'pci-root' || !isX86(context) || !/suse\.com\/sle[sd]\/11/.test(context.osId ?? '')) return []
  return [
    {
      severity: 'hint',
      message: 'SLES 11 sees devices come and go only with its module acpiphp loaded: modprobe acpiphp',
      field: 'model',
      ...(context.self === undefined ? {} : { item: context.self }),
    },
  ]
}
