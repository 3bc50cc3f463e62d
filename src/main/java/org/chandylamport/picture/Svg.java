package org.chandylamport.picture;

import java.io.StringWriter;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** An SVG picture that is being written. Attributes come in pairs, name and value. */
final class Svg {

    private final StringWriter text = new StringWriter();
    private final XMLStreamWriter xml;

    /** A picture of this size, described in a sentence for those who do not see it. */
    Svg(double width, double height, String title, String style) {
        try {
            xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
            xml.writeStartElement("svg");
            xml.writeDefaultNamespace("http://www.w3.org/2000/svg");
            attributes("width", width, "height", height,
                    "viewBox", "0 0 " + number(width) + " " + number(height), "role", "img");
            newLine();
            title(title);
            xml.writeStartElement("style");
            xml.writeCharacters(style);
            xml.writeEndElement();
            newLine();
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
    }

    void shape(String name, String type, Object... attributes) {
        open(name, type, attributes);
        close();
    }

    /** A shape that shows a text when a pointer rests on it. */
    void shapeTitled(String title, String name, String type, Object... attributes) {
        open(name, type, attributes);
        title(title);
        close();
    }

    void text(double x, double y, String type, String content) {
        open("text", type, "x", x, "y", y);
        write(content);
        close();
    }

    void open(String name, String type, Object... attributes) {
        try {
            xml.writeStartElement(name);
            if (!type.isEmpty()) {
                xml.writeAttribute("class", type);
            }
            attributes(attributes);
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
    }

    void close() {
        try {
            xml.writeEndElement();
            newLine();
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
    }

    private void title(String content) {
        try {
            xml.writeStartElement("title");
            write(content);
            xml.writeEndElement();
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
    }

    private void write(String content) {
        try {
            xml.writeCharacters(Shown.printable(content));
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
    }

    private void attributes(Object... pairs) throws XMLStreamException {
        for (int i = 0; i < pairs.length; i += 2) {
            Object value = pairs[i + 1];
            xml.writeAttribute((String) pairs[i],
                    value instanceof Number n ? number(n.doubleValue()) : (String) value);
        }
    }

    private void newLine() throws XMLStreamException {
        xml.writeCharacters("\n");
    }

    /** A number as SVG writes it, with one decimal at most. */
    static String number(double value) {
        String text = String.format(Locale.ROOT, "%.1f", value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    /** The picture; nothing may be called after it. */
    String finish() {
        try {
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.flush();
            return text + "\n";
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
    }
}
