// @ts-check
// Each border between parts of the code, crossed on purpose: a rule that matches nothing looks just like a clean tree.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root } from './processes.mjs'

const imports = (/** @type {string} */ from) => `import { it } from '${from}'\nit()\n`

// [file, what it imports, words of the reason it is given]
/** @type {[string, string, string][]} */
const crossings = [
  ['shared/model/vm.ts', 'node:fs', 'only itself and the schema library'],
  ['shared/model/nic.ts', 'electron', 'only itself and the schema library'],
  ['shared/model/disk.ts', 'react', 'only itself and the schema library'],
  ['shared/model/host.ts', '../../electron/hosts/registry', 'at the bottom'],
  ['shared/model/task.ts', '../../renderer/stores/tasks', 'at the bottom'],
  ['electron/libvirt-rpc/client.ts', 'ssh2', 'a library of its own'],
  ['electron/libvirt-rpc/frames.ts', '../../shared/errors', 'knows nothing of this app'],
  ['electron/libvirt-rpc/xdr/reader.ts', '../../link/link', 'knows nothing of this app'],
  ['electron/qmp/lines.ts', 'zod', 'a library of its own'],
  ['electron/qmp/client.ts', '../../shared/errors', 'knows nothing of this app'],
  ['electron/sign-in/scram.ts', 'ssh2', 'a library of its own'],
  ['electron/sign-in/plain.ts', '../libvirt-rpc/index', 'nothing of who asks'],
  ['electron/link/ssh.ts', 'electron', 'never imports electron'],
  ['electron/link/local.ts', '../backends/backend', 'how a host is reached'],
  ['electron/link/tls.ts', '../libvirt-rpc/index', 'how a host is reached'],
  ['electron/domain-xml/change.ts', '../backends/backend', 'talks to nobody'],
  ['electron/domain-xml/tree.ts', '../libvirt-rpc/index', 'talks to nobody'],
  ['electron/backends/backend.ts', './fake/fake-backend', 'cannot depend on one of them'],
  ['electron/backends/rules.ts', '../libvirt-rpc/index', "Only backends/libvirt speaks libvirt's protocol"],
  ['electron/backends/fake/host.ts', '../libvirt/vms', 'do not know each other'],
  [
    'electron/backends/fake/vms.ts',
    '../../libvirt-rpc/index',
    "Only backends/libvirt speaks libvirt's protocol",
  ],
  ['electron/backends/libvirt/vms.ts', '../fake/host', 'do not know each other'],
  ['electron/backends/libvirt/xml/disk.ts', '../../qemu/argv', 'do not know each other'],
  ['electron/backends/libvirt/nets.ts', '../../hosts/registry', 'stands above'],
  ['electron/backends/libvirt/pools.ts', 'electron', 'never imports electron'],
  ['electron/backends/qemu/argv.ts', '../xl/config', 'do not know each other'],
  ['electron/backends/xl/config.ts', '../qemu/argv', 'do not know each other'],
  ['electron/hosts/registry.ts', '../backends/libvirt/vms', 'by backends/backend.ts only'],
  ['electron/hosts/session.ts', '../ipc/serve', 'stand above the core'],
  ['electron/hosts/state.ts', 'electron', 'never imports electron'],
  ['electron/hosts/errors.ts', '../libvirt-rpc/index', 'nobody looks at its codes'],
  ['electron/tasks/list.ts', 'electron', 'never imports electron'],
  ['electron/diagnosis/plan.ts', 'electron', 'never imports electron'],
  ['electron/diagnosis/run.ts', '../ipc/serve', 'stand above the core'],
  ['electron/settings/store.ts', 'electron', 'never imports electron'],
  ['electron/host-tools/validate.ts', '../app/window', 'stand above the core'],
  ['electron/ipc/vms.ts', '../backends/fake/host', 'one line each'],
  ['electron/ipc/hosts.ts', '../link/link', 'one line each'],
  ['electron/app/window.ts', '../../renderer/App', 'different processes'],
  ['electron/main.ts', '../renderer/App', 'different processes'],
  ['renderer/main.tsx', 'node:path', 'has no Node'],
  ['renderer/App.tsx', '../electron/main', 'through the contract'],
  ['renderer/ui/Button.tsx', '../stores/hosts', 'a kit that knows no VM'],
  ['renderer/ui/Table.tsx', '../../shared/model/vm', 'a kit that knows no VM'],
  ['renderer/ui/Menu.tsx', '../features/vm-list/VmList', 'a kit that knows no VM'],
  ['renderer/ui/Icon.tsx', 'electron', 'through the contract'],
  ['renderer/components/StateBadge.tsx', '../stores/vms', 'no state'],
  ['renderer/components/SizeField.tsx', '../features/hardware/Disk', 'no state'],
  ['renderer/components/VmFacts.tsx', '../form/FieldLine', 'no state'],
  ['renderer/form/Groups.tsx', '../features/hardware/panels', 'handed in through its scope'],
  ['renderer/form/host-data.ts', '../../electron/preload', 'through the contract'],
  ['renderer/ui/Form.tsx', '../form/FieldLine', 'a kit that knows no VM'],
  ['renderer/stores/drafts.ts', '../form/scope', 'nothing of who asks or draws'],
  ['renderer/api/offers.ts', '../form/offers', 'the way to main'],
  ['renderer/stores/hosts.ts', '../api/client', 'nothing of who asks or draws'],
  ['renderer/stores/vms.ts', 'react-aria-components', 'what is drawn stands above'],
  ['renderer/stores/tasks.ts', '../features/tasks/Tasks', 'nothing of who asks or draws'],
  ['renderer/api/client.ts', '../stores/hosts', 'Only api/sync.ts writes stores'],
  ['renderer/api/sync.ts', '../features/vm-list/VmList', 'the way to main'],
  ['renderer/features/console/Console.tsx', '../vm-list/VmList', 'do not reach into each other'],
  ['renderer/features/hardware/add-disk/form.ts', '../../storage/Pools', 'do not reach into each other'],
  ['renderer/features/settings/Settings.tsx', 'electron', 'through the contract'],
  ['renderer/features/console/bridge.ts', '../../../electron/preload', 'through the contract'],
  ['renderer/features/vm-page/bridge.ts', '../../../electron/preload', 'through the contract'],
  ['e2e/app/power.spec.ts', '../../electron/hosts/registry', 'as its user does'],
  ['e2e/pages/table.ts', '../../renderer/stores/vms', 'as its user does'],
  ['bench/rpc.ts', 'electron', 'never imports electron'],
]

// What the same folders may import.
/** @type {[string, string][]} */
const allowed = [
  ['shared/ipc/define.ts', 'zod'],
  ['shared/ipc/contract.ts', '../model/snapshot'],
  ['electron/libvirt-rpc/stream.ts', 'node:stream'],
  ['electron/libvirt-rpc/xdr/writer.ts', '../generated/types.gen'],
  ['electron/qmp/client.ts', 'node:stream'],
  ['electron/backends/qemu/guest.ts', '../../qmp/index'],
  ['electron/link/forward.ts', 'ssh2'],
  ['electron/link/quote.ts', '../../shared/errors'],
  ['electron/backends/libvirt/events.ts', '../../libvirt-rpc/index'],
  ['electron/backends/libvirt/open.ts', '../../link/link'],
  ['electron/backends/fake/tasks.ts', '../backend'],
  ['electron/hosts/open.ts', '../backends/backend'],
  ['electron/hosts/trust.ts', '../link/link'],
  ['electron/ipc/serve.ts', 'electron'],
  ['electron/ipc/tasks.ts', '../hosts/registry'],
  ['electron/diagnosis/checks.ts', '../backends/libvirt/dial'],
  ['electron/app/start.ts', '../backends/fake/host'],
  ['renderer/ui/Field.tsx', 'react-aria-components'],
  ['renderer/components/Uptime.tsx', '../ui/Field'],
  ['renderer/form/FieldLine.tsx', '../ui/Button'],
  ['renderer/form/HostDevice.tsx', '../components/ErrorBox'],
  ['renderer/form/HostChoiceControl.tsx', '../stores/vms'],
  ['renderer/form/host-data.ts', '../api/client'],
  ['renderer/features/storage/PoolDialog.tsx', '../../form/SimpleForm'],
  ['renderer/stores/stats.ts', '../../shared/model/stats'],
  ['renderer/api/sync.ts', '../stores/hosts'],
  ['renderer/features/vm-list/Row.tsx', '../../stores/vms'],
  ['renderer/features/hardware/add-disk/Panel.tsx', '../form'],
  ['renderer/features/hardware/add-disk/Source.tsx', '../../../ui/Field'],
  ['renderer/features/vm-list/Table.tsx', '../vm-actions/menu-entries'],
  ['renderer/features/sidebar/HostTree.tsx', '../hosts/menu-entries'],
  ['renderer/features/vm-page/VmPage.tsx', '../console/ConsoleTab'],
  ['e2e/driver.ts', '../shared/ipc/contract'],
  ['bench/main.ts', '../electron/libvirt-rpc/index'],
  ['electron/backends/libvirt/vms.test.ts', '../fake/host'],
]

// Rules of another kind, each with a text that breaks it.
/** @type {[string, string, string][]} */
const breaches = [
  ['shared/default-export.ts', 'export default 1\n', 'import(no-default-export)'],
  [
    'shared/floating.ts',
    'const wait = async () => 1\nexport function go() {\n  wait()\n}\n',
    'typescript(no-floating-promises)',
  ],
  ['shared/circle-a.ts', "import { b } from './circle-b'\nexport const a = () => b\n", 'import(no-cycle)'],
  ['shared/circle-b.ts', "import { a } from './circle-a'\nexport const b = () => a\n", 'import(no-cycle)'],
  ['electron/app/loud.ts', "console.log('here')\n", 'eslint(no-console)'],
  ['shared/any.ts', 'export const it: any = 1\n', 'typescript(no-explicit-any)'],
  ['renderer/ui/Image.tsx', 'export const Image = () => <img src="x.png" />\n', 'jsx-a11y(alt-text)'],
  [
    'renderer/ui/Hook.tsx',
    "import { useState } from 'react'\nexport function Hook(props: { on: boolean }) {\n  if (props.on) useState(1)\n  return null\n}\n",
    'react-hooks(rules-of-hooks)',
  ],
  [
    'shared/only.test.ts',
    "import { it } from 'vitest'\nit.only('x', () => {})\n",
    'vitest(no-focused-tests)',
  ],
]

/** @typedef {{ message: string, code: string, help?: string, filename: string }} Diagnostic */

let tree = ''

/** @param {Record<string, string>} files */
function lint(files) {
  tree = mkdtempSync(join(tmpdir(), 'innkeeper-borders-'))
  cpSync(join(root, '.oxlintrc.json'), join(tree, '.oxlintrc.json'))
  const options = {
    strict: true,
    target: 'ES2023',
    module: 'ESNext',
    moduleResolution: 'bundler',
    jsx: 'react-jsx',
  }
  writeFileSync(join(tree, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, include: ['**/*'] }))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(tree, name)), { recursive: true })
    writeFileSync(join(tree, name), text)
  }
  const oxlint = join(root, 'node_modules', 'oxlint', 'bin', 'oxlint')
  const result = spawnSync(process.execPath, [oxlint, '--type-aware', '-f', 'json'], {
    cwd: tree,
    encoding: 'utf8',
    // The type-aware half is a program of its own, looked for from the working folder and on PATH.
    env: { ...process.env, PATH: `${join(root, 'node_modules', '.bin')}:${process.env['PATH']}` },
  })
  /** @type {Diagnostic[]} */
  const diagnostics = JSON.parse(result.stdout).diagnostics
  return diagnostics
}

describe('borders between the parts', () => {
  /** @type {Diagnostic[]} */
  let crossed = []
  /** @type {Diagnostic[]} */
  let clean = []
  /** @type {Diagnostic[]} */
  let broken = []

  beforeAll(() => {
    const trees = [
      crossings.map(([file, from]) => [file, imports(from)]),
      allowed.map(([file, from]) => [file, imports(from)]),
      breaches.map(([file, text]) => [file, text]),
    ].map((entries) => {
      const found = lint(Object.fromEntries(entries))
      rmSync(tree, { recursive: true })
      return found
    })
    ;[crossed = [], clean = [], broken = []] = trees
  }, 60_000)

  afterAll(() => rmSync(tree, { recursive: true, force: true }))

  const restricted = 'eslint(no-restricted-imports)'

  it.each(crossings)('%s must not import %s, and is told why', (file, _from, reason) => {
    const found = crossed.filter((one) => one.filename === file && one.code === restricted)
    expect(found.map((one) => `${one.message} ${one.help ?? ''}`).join('\n')).toContain(reason)
  })

  it.each(allowed)('%s may import %s', (file) => {
    expect(clean.filter((one) => one.filename === file && one.code === restricted)).toEqual([])
  })

  it.each(breaches)('%s is refused', (file, _text, code) => {
    expect(broken.filter((one) => one.filename === file).map((one) => one.code)).toContain(code)
  })
})
