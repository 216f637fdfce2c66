import { z } from 'zod'
import { sshEngines, type HostInfo } from '../../shared/model/host'
import { vmId } from '../../shared/model/ids'
import { maxSizePresets, sizePreset } from '../../shared/model/new-vm/size-preset'
import { polling } from '../../shared/model/polling'
import { vmStates, type VmRecord } from '../../shared/model/vm'

/** What is kept on disk. Bump the version when an older Innkeeper would misread the file. No secrets, ever. */
export const settingsVersion = 1

/** Ids name files, so they are held to characters that cannot leave the folder. */
export const storedHostId = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,64}$/)
  .brand<'HostId'>()

const storedHost = z.object({
  id: storedHostId,
  uri: z.string().min(1).max(2048),
  /** Absent: a name made from the URI. */
  label: z.string().max(128).exactOptional(),
  autoconnect: z.boolean(),
  keyFile: z.string().max(4096).exactOptional(),
  group: z.string().min(1).max(64).exactOptional(),
  /** Absent: builtin. */
  sshEngine: z.enum(sshEngines).exactOptional(),
  /** Absent: false. */
  readOnly: z.boolean().exactOptional(),
  usualPool: z.string().min(1).max(256).exactOptional(),
  usualNetwork: z.string().min(1).max(256).exactOptional(),
})
export type StoredHost = z.infer<typeof storedHost>

const coordinate = z.number().int().min(-100_000).max(100_000)
const windowState = z.object({
  bounds: z.object({
    x: coordinate,
    y: coordinate,
    width: z.number().int().min(1).max(100_000),
    height: z.number().int().min(1).max(100_000),
  }),
  isMaximised: z.boolean(),
})
export type WindowState = z.infer<typeof windowState>

export const settingsData = z.object({
  version: z.literal(settingsVersion),
  /** In the order the user sees. */
  hosts: z.array(storedHost).max(10_000),
  theme: z.enum(['system', 'light', 'dark']),
  window: windowState.exactOptional(),
  /** Of consoles with windows of their own, by VM. Absent: none. */
  consoleWindows: z.record(z.string().max(300), windowState).exactOptional(),
  /** Absent: none. */
  sizePresets: z.array(sizePreset).max(maxSizePresets).exactOptional(),
  /** Absent: the usual. */
  polling: polling.exactOptional(),
})
export type SettingsData = z.infer<typeof settingsData>

export const defaultSettings: SettingsData = { version: settingsVersion, hosts: [], theme: 'system' }

const bytes = z.number().min(0)

const storedVm: z.ZodType<VmRecord> = z.object({
  id: vmId,
  name: z.string(),
  title: z.string().exactOptional(),
  state: z.enum(vmStates),
  stateReason: z.string().exactOptional(),
  isTemplate: z.boolean().exactOptional(),
  isPersistent: z.boolean(),
  hasSavedState: z.boolean(),
  autostart: z.boolean(),
  vcpuCount: z.number(),
  memoryBytes: bytes,
  maxMemoryBytes: bytes,
})

const storedHostInfo: z.ZodType<HostInfo> = z.object({
  hostname: z.string(),
  hypervisor: z.string(),
  hypervisorVersion: z.string().exactOptional(),
  daemon: z.object({ name: z.string(), version: z.string() }).exactOptional(),
  connectedUri: z.string(),
  architecture: z.string(),
  cpuModel: z.string(),
  cpuCount: z.number(),
  memoryBytes: bytes,
  isReadOnly: z.boolean(),
})

/** What a host last showed, so that its VMs can be browsed while it is away, even after a restart. */
export const inventoryData = z.object({
  version: z.literal(settingsVersion),
  savedAtMs: z.number(),
  info: storedHostInfo.optional(),
  vms: z.array(storedVm),
})
export type StoredInventory = Omit<z.infer<typeof inventoryData>, 'version'>
