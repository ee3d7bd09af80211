import { Spline } from 'lucide-react'
import { IconButton } from '../ui/icon-button.tsx'
import { Menu, MenuChoice } from '../ui/menu.tsx'
import { chooseDataLines, dataLineChoices, useDataLines } from './data-lines.ts'

/** Chooses when the bindings of nodes are drawn. */
export function DataLinesMenu() {
  const choice = useDataLines((state) => state.choice)
  return (
    <Menu
      side="top"
      align="start"
      trigger={
        <IconButton label="Data lines" tooltipSide="top">
          <Spline size={15} aria-hidden />
        </IconButton>
      }
    >
      <MenuChoice
        label="Show data lines"
        value={choice}
        options={dataLineChoices}
        onChange={chooseDataLines}
      />
    </Menu>
  )
}
