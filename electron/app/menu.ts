import { Menu, type MenuItemConstructorOptions } from 'electron'
import type { MenuCommand } from '../../shared/ipc/contract'

type Entry = MenuItemConstructorOptions

/**
 * The application menu. Entries that concern the window's content are sent to it as commands; the rest are the
 * platform's own roles. Shortcuts use Ctrl+Shift so that they stay out of a guest's way; Ctrl+N is what everybody tries, and
 * a console with the keyboard keeps it for its guest.
 */
export function setApplicationMenu(send: (command: MenuCommand) => void, isDevelopment: boolean): void {
  const command = (id: MenuCommand, label: string, accelerator?: string): Entry => ({
    label,
    ...(accelerator ? { accelerator } : {}),
    click: () => send(id),
  })
  const isMac = process.platform === 'darwin'
  const template: Entry[] = [
    ...(isMac ? [{ role: 'appMenu' } satisfies Entry] : []),
    {
      label: '&File',
      submenu: [
        command('newVm', 'New VM…', 'CmdOrCtrl+N'),
        { type: 'separator' },
        command('addHost', 'Add host…', 'CmdOrCtrl+Shift+A'),
        command('importHosts', 'Import hosts…'),
        { type: 'separator' },
        command('preferences', 'Preferences…', 'CmdOrCtrl+,'),
        { type: 'separator' },
        isMac ? { role: 'close' } : { role: 'quit' },
      ],
    },
    { role: 'editMenu' },
    {
      label: '&View',
      submenu: [
        command('focusFilter', 'Find virtual machines', 'CmdOrCtrl+Shift+F'),
        command('showTasks', 'Tasks', 'CmdOrCtrl+Shift+T'),
        command('showScreens', 'Screens of running VMs', 'CmdOrCtrl+Shift+W'),
        command('showTop', 'Top', 'CmdOrCtrl+Shift+L'),
        { type: 'separator' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'resetZoom' },
        { type: 'separator' },
        // A full-screen console is the guest's; F11 belongs to it, so the window uses another key.
        { role: 'togglefullscreen', accelerator: isMac ? 'Ctrl+Cmd+F' : 'CmdOrCtrl+Shift+Enter' },
        ...(isDevelopment
          ? [{ type: 'separator' } satisfies Entry, { role: 'toggleDevTools' } satisfies Entry]
          : []),
      ],
    },
    {
      label: '&Virtual machine',
      submenu: [
        command('openConsole', 'Open console', 'CmdOrCtrl+Shift+O'),
        { type: 'separator' },
        command('exportVm', 'Export…'),
        command('deleteVm', 'Delete…'),
      ],
    },
    { role: 'help', submenu: [command('recipes', 'Set-up recipes…'), command('about', 'About Innkeeper')] },
  ]
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
}
