import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { AppError, type ErrorData } from '../../shared/errors'
import type { HostId } from '../../shared/model/ids'
import { readTextFile, writeFileAtomically } from './json-file'
import {
  defaultSettings,
  inventoryData,
  settingsData,
  settingsVersion,
  storedHostId,
  type SettingsData,
  type StoredInventory,
} from './schema'

/** Reads what is kept in the folder. A file that cannot be used never stops the app: see `warnings`. */
export async function openSettings(directory: string, now: () => number = Date.now): Promise<Settings> {
  const path = join(directory, 'settings.json')
  let text: string | undefined
  try {
    text = await readTextFile(path)
  } catch (error) {
    return new Settings(directory, defaultSettings, {
      canWrite: false,
      warnings: [
        {
          kind: 'denied',
          message: 'The settings file may not be read, so Innkeeper starts with empty settings',
          cure: `Make ${path} readable for you, then start again. Changes made now are not kept.`,
          detail: error instanceof Error ? error.message : String(error),
        },
      ],
    })
  }
  if (text === undefined) {
    return new Settings(directory, defaultSettings, { canWrite: true, warnings: [], isFirstRun: true })
  }
  const json = parseJson(text)
  const version = z.object({ version: z.number() }).safeParse(json)
  if (version.success && version.data.version > settingsVersion) {
    return new Settings(directory, defaultSettings, {
      canWrite: false,
      warnings: [
        {
          kind: 'unsupported',
          message: 'The settings were written by a newer Innkeeper and are left as they are',
          cure: 'Use that version, or set INNKEEPER_HOME to another folder. Changes made now are not kept.',
          detail: path,
        },
      ],
    })
  }
  const checked = settingsData.safeParse(json)
  if (checked.success) return new Settings(directory, checked.data, { canWrite: true, warnings: [] })
  const aside = `${path}.bad-${new Date(now()).toISOString().replaceAll(':', '')}`
  await rename(path, aside)
  return new Settings(directory, defaultSettings, {
    canWrite: true,
    warnings: [
      {
        kind: 'invalid',
        message: 'The settings file could not be read, so Innkeeper starts with empty settings',
        cure: `The old file was kept as ${aside}`,
        detail: z.prettifyError(checked.error),
      },
    ],
  })
}

/** Settings in memory, written behind every change. */
export class Settings {
  readonly warnings: readonly ErrorData[]
  /** Nobody has used Innkeeper here before. */
  readonly isFirstRun: boolean
  readonly #directory: string
  readonly #canWrite: boolean
  #data: SettingsData
  #lastWrite: Promise<void> = Promise.resolve()

  constructor(
    directory: string,
    data: SettingsData,
    options: {
      readonly canWrite: boolean
      readonly warnings: readonly ErrorData[]
      readonly isFirstRun?: boolean
    },
  ) {
    this.#directory = directory
    this.#data = data
    this.#canWrite = options.canWrite
    this.warnings = options.warnings
    this.isFirstRun = options.isFirstRun ?? false
  }

  get data(): SettingsData {
    return this.#data
  }

  /** The change counts at once; the promise ends when it is on disk. */
  update(change: (data: SettingsData) => SettingsData): Promise<void> {
    this.#data = change(this.#data)
    return this.#write('settings.json', this.#data)
  }

  /** The last known VMs of a host; undefined when there are none or they cannot be read: it is only a cache. */
  async readInventory(host: HostId): Promise<StoredInventory | undefined> {
    const text = await readTextFile(this.#inventoryPath(host)).catch(() => undefined)
    const checked = inventoryData.safeParse(text === undefined ? undefined : parseJson(text))
    return checked.success ? checked.data : undefined
  }

  writeInventory(host: HostId, inventory: StoredInventory): Promise<void> {
    return this.#write(inventoryName(host), { version: settingsVersion, ...inventory })
  }

  async removeInventory(host: HostId): Promise<void> {
    await this.flush()
    if (this.#canWrite) await rm(this.#inventoryPath(host), { force: true })
  }

  /** Ends when everything asked for so far is on disk. */
  async flush(): Promise<void> {
    await this.#lastWrite.catch(() => undefined)
  }

  #inventoryPath(host: HostId): string {
    return join(this.#directory, inventoryName(host))
  }

  /** One write after the other, so that an older text can never replace a newer one. */
  #write(name: string, value: unknown): Promise<void> {
    if (!this.#canWrite) return Promise.resolve()
    const text = `${JSON.stringify(value, undefined, 2)}\n`
    const path = join(this.#directory, name)
    this.#lastWrite = this.#lastWrite
      .catch(() => undefined)
      .then(() => writeFileAtomically(path, text))
      .catch((error: unknown) => {
        throw new AppError('internal', 'The settings could not be saved', {
          cure: `Check that ${this.#directory} can be written and that the disk is not full`,
          detail: error instanceof Error ? error.message : String(error),
          cause: error,
        })
      })
    return this.#lastWrite
  }
}

function inventoryName(host: HostId): string {
  return join('inventory', `${storedHostId.parse(host)}.json`)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
