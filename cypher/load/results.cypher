// Writes results with all properties.
// $id, $text, ...: columns of equal length
UNWIND range(0, size($id) - 1) AS i
MERGE (node:Result:Kg {id: $id[i]})
SET node.text = $text[i], node.number = $number[i], node.unit = $unit[i], node.form = $form[i],
    node.start = $start[i], node.stop = $stop[i], node.kg_digest = $digest[i]
