import type { AppHandlers, AppInfo, LaunchWish } from '../../shared/ipc/contract'
import type { SenderId } from '../../shared/ipc/define'
import type { ConsoleId } from '../../shared/model/ids'
import type { Consoles } from '../console/consoles'
import type { PumpPort } from '../console/pump'
import type { Diagnoses } from '../diagnosis/diagnoses'
import type { HardwareChanges } from '../hosts/hardware-changes'
import type { HostRegistry } from '../hosts/host-registry'
import type { HostImports } from '../imports/host-imports'
import type { Prompts } from '../hosts/prompts'
import type { VmActions } from '../hosts/vm-actions'
import type { TaskList } from '../tasks/task-list'

export interface HandlerParts {
  readonly hosts: HostRegistry
  readonly diagnoses: Diagnoses
  readonly imports: HostImports
  /** The URI for what the user typed: an alias of libvirt.conf, nothing at all, or a URI already. */
  uriOf(text: string): Promise<string>
  readonly vmActions: VmActions
  readonly hardware: HardwareChanges
  readonly prompts: Prompts
  readonly tasks: TaskList
  readonly consoles: Consoles
  readonly desktop: Desktop
}

/** What only Electron can do, handed in so that the handlers run in plain Node. */
export interface Desktop {
  info(): AppInfo
  takeLaunchWish(): LaunchWish | undefined
  copyText(text: string): void
  setTheme(theme: AppInfo['theme']): void
  /** Lets the user choose a file and reads it; undefined when they cancel. `invalid` for what is no text. */
  chooseTextFile(title: string): Promise<string | undefined>
  /** The system's file dialog; undefined when the user cancels. */
  choosePath(wanted: { kind: 'file' | 'folder'; title: string }): Promise<string | undefined>
  /** Makes a message channel, hands one end to the asking window and returns the other. */
  makeConsolePort(id: ConsoleId, sender: SenderId): PumpPort
}

/** The contract's requests, each one line into the part that does the work. */
export function handlers({
  hosts,
  diagnoses,
  imports,
  uriOf,
  vmActions,
  hardware,
  prompts,
  tasks,
  consoles,
  desktop,
}: HandlerParts): AppHandlers {
  return {
    app: {
      info: () => desktop.info(),
      takeLaunchWish: () => desktop.takeLaunchWish(),
      copyText: ({ text }) => desktop.copyText(text),
      choosePath: (wanted) => desktop.choosePath(wanted),
      setTheme: ({ theme }) => desktop.setTheme(theme),
    },
    hosts: {
      list: () => hosts.list(),
      add: async (input) => hosts.add({ ...input, uri: await uriOf(input.uri) }),
      addMany: ({ hosts: inputs }) => hosts.addMany(inputs),
      addDemo: () => hosts.addDemo(),
      update: async ({ uri, ...input }) =>
        hosts.update(uri === undefined ? input : { ...input, uri: await uriOf(uri) }),
      move: (input) => hosts.move(input),
      renameGroup: (input) => hosts.renameGroup(input),
      forgetSecrets: ({ host }) => hosts.forgetSecrets(host),
      remove: async ({ host }) => {
        consoles.closeAllForHost(host)
        diagnoses.forget(host)
        await hosts.remove(host)
      },
      connect: ({ host }) => hosts.connect(host),
      disconnect: async ({ host }) => {
        consoles.closeAllForHost(host)
        await hosts.disconnect(host)
      },
      log: ({ host }) => hosts.log(host),
      findImports: () => imports.find(),
      importFromText: ({ text }) => imports.fromText(text),
      chooseImportFile: async () => {
        const text = await desktop.chooseTextFile("virt-manager's exported settings")
        return text === undefined ? undefined : imports.fromText(text)
      },
      findLocal: () => hosts.findLocal(),
      diagnose: ({ host }) => diagnoses.start(host),
      diagnosis: ({ host }) => diagnoses.get(host),
      cancelDiagnosis: ({ host }) => diagnoses.cancel(host),
      details: ({ host }) => hosts.get(host).hostDetails(),
      capabilities: ({ host }) => hosts.get(host).capabilities(),
      guestCapabilities: ({ host, ...query }) => hosts.get(host).guestCapabilities(query),
      consoleSecurity: ({ host }) => hosts.get(host).consoleSecurity(),
      choices: ({ host }) => hosts.get(host).hostChoices(),
      volumes: ({ host, pool }) => hosts.get(host).volumes(pool),
      nodeDevices: ({ host }) => hosts.get(host).nodeDevices(),
      bindDevice: ({ host, name, action }) => hosts.get(host).bindDevice(name, action),
    },
    prompts: {
      list: () => prompts.list(),
      answer: ({ prompt, answer }) => prompts.answer(prompt, answer),
    },
    vms: {
      list: () => hosts.listVms(),
      power: (input) => vmActions.power(input),
      rename: (input) => vmActions.rename(input),
      setAutostart: (input) => vmActions.setAutostart(input),
      overview: ({ host, vm }) => hosts.get(host).overview(vm),
      xml: ({ host, vm }) => hosts.get(host).xml(vm),
      consoleSecurity: ({ host, vm }) => hosts.get(host).consoleSecurity(vm),
      deletePlan: ({ host, vm }) => hosts.get(host).deletePlan(vm),
      delete: (input) => vmActions.delete(input),
    },
    hardware: {
      view: ({ host, vm }) => hosts.get(host).hardware(vm),
      preview: ({ host, vm, ...request }) => hosts.get(host).previewHardware(vm, request),
      apply: (input) => hardware.apply(input),
      definition: ({ host, vm, which }) => hosts.get(host).definition(vm, which),
      deviceXml: ({ host, vm, item }) => hosts.get(host).deviceXml(vm, item),
      history: (ref) => hardware.history(ref),
    },
    stats: {},
    console: {
      offer: ({ host, vm }) => hosts.get(host).consoleOffer(vm),
      open: (ref, sender) => consoles.open(ref, sender, (id) => desktop.makeConsolePort(id, sender)),
      close: ({ console: id }, sender) => consoles.close(id, sender),
      password: ({ host, vm }) => hosts.get(host).consolePassword(vm),
    },
    tasks: {
      list: () => tasks.list(),
      cancel: ({ task }) => tasks.cancel(task),
      clearEnded: () => tasks.clearEnded(),
    },
  }
}
