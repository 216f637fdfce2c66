// @ts-check
// Makes the catalogue of operating systems of the facts of an osinfo-db:
//   node scripts/os-catalogue.mjs /usr/share/osinfo
// Names, dates, numbers, patterns and addresses only; no texts that describe. What an entry has from those it derives
// from is worked out here, so that nobody has to at run time. The result is committed.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { XMLParser } from 'fast-xml-parser'
import { root } from './processes.mjs'

const target = join(root, 'electron', 'os-catalogue', 'os.catalogue.json')

// The numbers under which PCI and USB devices are known, and what the app calls them (shared/model/os/os.ts).
/** @type {Record<string, string>} */
const deviceNames = {
  'pcisig.com/pci/1af4/1000': 'virtio-net',
  'pcisig.com/pci/1af4/1001': 'virtio-block',
  'pcisig.com/pci/1af4/1002': 'virtio-balloon',
  'pcisig.com/pci/1af4/1003': 'virtio-console',
  'pcisig.com/pci/1af4/1004': 'virtio-scsi',
  'pcisig.com/pci/1af4/1005': 'virtio-rng',
  'pcisig.com/pci/1af4/1009': 'virtio-9p',
  'pcisig.com/pci/1af4/1041': 'virtio1-net',
  'pcisig.com/pci/1af4/1042': 'virtio1-block',
  'pcisig.com/pci/1af4/1043': 'virtio1-console',
  'pcisig.com/pci/1af4/1044': 'virtio1-rng',
  'pcisig.com/pci/1af4/1045': 'virtio1-balloon',
  'pcisig.com/pci/1af4/1048': 'virtio1-scsi',
  'pcisig.com/pci/1af4/1049': 'virtio1-9p',
  'pcisig.com/pci/1af4/1050': 'virtio1-gpu',
  'pcisig.com/pci/1af4/1052': 'virtio1-input',
  'pcisig.com/pci/1af4/1058': 'virtio1-mem',
  'pcisig.com/pci/1af4/105a': 'virtio1-fs',
  'pcisig.com/pci/1b36/0004': 'usb3',
  'pcisig.com/pci/1033/0194': 'usb3',
  'pcisig.com/pci/1b36/0100': 'qxl',
  'pcisig.com/pci/1234/1111': 'vga',
  'pcisig.com/pci/15ad/0710': 'vmvga',
  'pcisig.com/pci/8086/100e': 'e1000',
  'pcisig.com/pci/8086/10d3': 'e1000e',
  'pcisig.com/pci/10ec/8139': 'rtl8139',
  'pcisig.com/pci/10ec/8029': 'ne2k',
  'pcisig.com/pci/1022/2000': 'pcnet',
  'pcisig.com/pci/8086/2415': 'ac97',
  'pcisig.com/pci/8086/2668': 'ich6',
  'pcisig.com/pci/8086/293e': 'ich9',
  'usb.org/usb/80ee/0021': 'usb-tablet',
  'qemu.org/chipset/x86/q35': 'q35',
}

const many = new Set(
  'os short-id name vendor derives-from clones upgrades devices device media tree image resources firmware variant installer script install-script injection-method'.split(
    ' ',
  ),
)
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: true,
  isArray: (name, _path, _isLeaf, isAttribute) => !isAttribute && many.has(name),
})

/** @typedef {Record<string, any>} Element */

/**
 * @param {string} folder
 * @returns {Element[]}
 */
function documents(folder) {
  return (
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.xml'))
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
      // what only adds to an entry comes after it
      .sort((a, b) => Number(a.includes('.d/')) - Number(b.includes('.d/')) || (a < b ? -1 : 1))
      .map((file) => parser.parse(readFileSync(file, 'utf8')).libosinfo)
  )
}

/**
 * @param {any} value
 * @returns {any[]}
 */
const list = (value) => (value === undefined ? [] : Array.isArray(value) ? value : [value])
/** @param {any} value */
const textOf = (value) => (typeof value === 'object' && value !== null ? value['#text'] : value) || undefined
/**
 * Of texts in many languages the one without any.
 *
 * @param {any} value
 */
const plain = (value) => textOf(list(value).find((one) => typeof one !== 'object' || !one['@xml:lang']))
/** @param {any} value */
const ids = (value) => list(value).map((one) => one['@id'])
/** @param {any} value */
const number = (value) => (value === undefined ? undefined : Number(value))

/**
 * Without what is not told.
 *
 * @param {Record<string, unknown>} object
 */
function brief(object) {
  return Object.fromEntries(
    Object.entries(object).filter(
      ([, value]) =>
        value !== undefined &&
        value !== false &&
        !(Array.isArray(value) && value.length === 0) &&
        !(value?.constructor === Object && Object.keys(value).length === 0),
    ),
  )
}

/**
 * The same value is written once and named by its place.
 */
class Table {
  /** @type {unknown[]} */
  rows = []
  /** @type {Map<string, number>} */
  #places = new Map()

  /** @param {unknown} value */
  place(value) {
    const key = JSON.stringify(value)
    const known = this.#places.get(key)
    if (known !== undefined) return known
    this.#places.set(key, this.rows.length)
    this.rows.push(value)
    return this.rows.length - 1
  }
}

/**
 * One operating system may stand in several files: those of a folder "….d" add to it.
 *
 * @param {Element[]} parts
 */
function merged(parts) {
  /** @type {Element} */
  const whole = {}
  for (const part of parts) {
    for (const [name, value] of Object.entries(part)) {
      if (whole[name] === undefined) whole[name] = value
      else if (many.has(name) && name !== 'name' && name !== 'vendor' && name !== 'short-id') {
        whole[name] = [...list(whole[name]), ...list(value)]
      }
    }
  }
  return whole
}

/** @param {Element} resources */
function resourceSet(resources) {
  /** @param {Element | undefined} one */
  const sizes = (one) =>
    one && typeof one === 'object'
      ? brief({ c: number(one['n-cpus']), m: number(one.ram), s: number(one.storage) })
      : undefined
  return {
    min: sizes(resources.minimum),
    rec: sizes(resources.recommended),
    max: sizes(resources.maximum),
    net: sizes(resources['network-install']),
  }
}

/** @param {string} folder */
export function catalogueOf(folder) {
  /** @type {Map<string, Element[]>} */
  const found = new Map()
  for (const document of documents(join(folder, 'os'))) {
    for (const os of document.os ?? []) found.set(os['@id'], [...(found.get(os['@id']) ?? []), os])
  }
  const all = new Map([...found].map(([id, parts]) => [id, merged(parts)]))

  /**
   * @param {string} id
   * @returns {string[]}
   */
  const parents = (id) => {
    const os = all.get(id)
    return os ? [...ids(os['derives-from']), ...ids(os.clones)] : []
  }
  /**
   * Nearest first, each once.
   *
   * @param {string} id
   */
  const ancestors = (id) => {
    const seen = new Set([id])
    for (const one of seen) for (const parent of parents(one)) if (all.has(parent)) seen.add(parent)
    seen.delete(id)
    return [...seen]
  }
  /**
   * @param {string} id
   * @param {Set<string>} path
   * @returns {Set<string>}
   */
  const devices = (id, path = new Set()) => {
    const has = new Set()
    if (path.has(id)) return has
    const within = new Set([...path, id])
    for (const parent of parents(id)) for (const one of devices(parent, within)) has.add(one)
    for (const device of list(all.get(id)?.devices).flatMap((one) => list(one.device))) {
      const name = deviceNames[String(device['@id']).replace('http://', '')]
      if (name === undefined) continue
      if (device['@supported'] === 'false') has.delete(name)
      else has.add(name)
    }
    return has
  }
  /**
   * @param {string} id
   * @param {string} arch
   * @returns {ReturnType<typeof resourceSet> | undefined}
   */
  const inheritedResources = (id, arch) => {
    for (const parent of [id, ...ancestors(id)]) {
      const own = list(all.get(parent)?.resources)
      const fits = own.filter((one) => one['@arch'] === arch && one['@inherit'] !== 'true')
      if (fits.length > 0) return Object.assign({}, ...fits.map((one) => brief(resourceSet(one))))
      const one = own.find((other) => other['@inherit'] !== 'true')
      if (one) return resourceSet(one)
    }
    return undefined
  }
  /** @param {string} id */
  const resources = (id) => {
    const own = list(all.get(id)?.resources)
    return Object.fromEntries(
      [...new Set(own.map((one) => one['@arch']))].map((arch) => [
        arch,
        brief(inheritedResources(id, arch) ?? {}),
      ]),
    )
  }
  /** @param {string} id */
  const firmware = (id) => {
    const told = new Map()
    for (const one of [...ancestors(id).reverse(), id]) {
      for (const item of list(all.get(one)?.firmware)) {
        told.set(`${item['@arch']} ${item['@type']}`, item['@supported'] !== 'false')
      }
    }
    return [...told].map(([key, isSupported]) => (isSupported ? key : `!${key}`))
  }
  /**
   * @param {string} id
   * @param {string} name
   */
  const inherited = (id, name) =>
    [id, ...ancestors(id)].map((one) => plain(all.get(one)?.[name])).find((one) => one !== undefined)

  const deviceSets = new Table()
  const resourceSets = new Table()
  const files = new Table()
  const mediaKinds = new Table()
  const vendors = new Table()
  /** @param {Element} one */
  const filesOf = (one) =>
    one.kernel === undefined ? undefined : files.place([textOf(one.kernel), textOf(one.initrd) ?? ''])

  const order = [...all.keys()].sort()
  /** @param {string} id */
  const placeOf = (id) => order.indexOf(id)
  const scripts = documents(join(folder, 'install-script'))
    .flatMap((document) => document['install-script'] ?? [])
    .map((one) =>
      brief({
        id: one['@id'],
        profile: textOf(one.profile),
        file: textOf(one['expected-filename']),
        methods: list(one['injection-method']).map(textOf),
      }),
    )

  const systems = order.map((id) => {
    const os = /** @type {Element} */ (all.get(id))
    const name = plain(os.name)
    /** @param {Element} one */
    const where = (one) => brief({ a: one['@arch'], v: ids(one.variant), u: textOf(one.url) })
    return brief({
      id,
      short: list(os['short-id']).map(textOf),
      name,
      version: textOf(os.version),
      family: textOf(os.family),
      distro: textOf(os.distro),
      vendor: vendors.place(plain(os.vendor) ?? ''),
      codename: plain(os.codename),
      released: textOf(os['release-date']),
      ended: textOf(os['eol-date']),
      status: textOf(os['release-status']),
      from: parents(id)
        .filter((one) => all.has(one))
        .map((one) => placeOf(one)),
      devices: deviceSets.place([...devices(id)].sort()),
      resources: Object.fromEntries(
        Object.entries(resources(id)).map(([arch, set]) => [arch, resourceSets.place(set)]),
      ),
      firmware: firmware(id),
      variants: Object.fromEntries(
        list(os.variant).map((one) => [one['@id'], plain(one.name) === name ? '' : plain(one.name)]),
      ),
      media: list(os.media)
        .filter((one) => one.iso !== undefined)
        .map((one) => {
          const { u: _, ...place } = where(one)
          const kind = brief({
            ...place,
            live: one['@live'] === 'true',
            noInstaller: one['@installer'] === 'false',
            noScript: one['@installer-script'] === 'false',
            restarts: number(one['@installer-reboots']),
            files: filesOf(one),
            sys: textOf(one.iso['system-id']),
            pub: textOf(one.iso['publisher-id']),
          })
          return brief({
            k: mediaKinds.place(kind),
            vol: textOf(one.iso['volume-id']),
            app: textOf(one.iso['application-id']),
            size: number(one.iso['volume-size']),
          })
        }),
      trees: list(os.tree).map((one) =>
        brief({
          ...where(one),
          files: filesOf(one),
          info: one.treeinfo
            ? brief({
                family: textOf(one.treeinfo.family),
                variant: textOf(one.treeinfo.variant),
                version: textOf(one.treeinfo.version),
                arch: textOf(one.treeinfo.arch),
              })
            : undefined,
        }),
      ),
      // those in registries of containers are no files that could be fetched
      images: list(os.image)
        .filter((one) => one['@format'] !== 'containerdisk')
        .map((one) => brief({ ...where(one), f: one['@format'], cloud: one['@cloud-init'] === 'true' })),
      scripts: list(os.installer)
        .flatMap(({ script }) => ids(script))
        .map((one) => scripts.findIndex((script) => script.id === one)),
      cloudUser: inherited(id, 'cloud-image-username'),
      urlArgument: inherited(id, 'kernel-url-argument'),
    })
  })
  return {
    from: `osinfo-db ${readFileSync(join(folder, 'VERSION'), 'utf8').trim()}`,
    deviceSets: deviceSets.rows,
    resourceSets: resourceSets.rows,
    files: files.rows,
    mediaKinds: mediaKinds.rows,
    vendors: vendors.rows,
    scripts,
    systems,
  }
}

/**
 * A line for each entry, so that a newer database shows as the lines that changed.
 *
 * @param {ReturnType<typeof catalogueOf>} catalogue
 */
export function catalogueText(catalogue) {
  const parts = Object.entries(catalogue).map(([name, value]) => {
    const text = Array.isArray(value)
      ? `[\n${value.map((one) => JSON.stringify(one)).join(',\n')}\n]`
      : JSON.stringify(value)
    return `${JSON.stringify(name)}:${text}`
  })
  return `{\n${parts.join(',\n')}\n}\n`
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const folder = process.argv[2]
  if (!folder) {
    process.stderr.write('Give the folder of an osinfo-db: node scripts/os-catalogue.mjs /usr/share/osinfo\n')
    process.exit(2)
  }
  const catalogue = catalogueOf(folder)
  const text = catalogueText(catalogue)
  writeFileSync(target, text)
  process.stdout.write(
    `${catalogue.systems.length} operating systems of ${catalogue.from}, ${Math.ceil(text.length / 1024)} KiB\n`,
  )
}
