{% macro generate_schema_name(custom_schema_name, node) -%}
    {#- Schemas carry their plain names: readers query `marts.fct_school_indicator`. -#}
    {{ (custom_schema_name or target.schema) | trim }}
{%- endmacro %}


{% macro normal_name(name) -%}
    {#- The form in which names are compared: half-width brackets and digits, no white space. -#}
    regexp_replace(translate({{ name }}, '（）０１２３４５６７８９', '()0123456789'), '[\s　]', '', 'g')
{%- endmacro %}


{% macro without_prefix(name, prefix) -%}
    {#- A name without its county or township prefix; null when nothing would be left or cut. -#}
    case
        when {{ prefix }} <> '' and starts_with({{ name }}, {{ prefix }}) and length({{ name }}) > length({{ prefix }})
            then substr({{ name }}, length({{ prefix }}) + 1)
    end
{%- endmacro %}


{% macro figure_text(figure) -%}
    {#- A figure as it stands in a sentence: whole numbers without decimals. -#}
    case
        when {{ figure }} = round({{ figure }}) then cast(cast({{ figure }} as bigint) as varchar)
        else {{ half_up(figure, 2) }}
    end
{%- endmacro %}


{% macro same_figure(one, other) -%}
    {#- Two figures that are equal but for the noise of a conversion, or both missing. -#}
    coalesce(
        abs({{ one }} - {{ other }}) <= 1e-9 * greatest(abs({{ one }}), abs({{ other }})),
        {{ one }} is null and {{ other }} is null
    )
{%- endmacro %}


{% macro filled(template, words) -%}
    {#- A sentence with its `{placeholders}` filled in. -#}
    {%- set sentence = namespace(sql=template) -%}
    {%- for placeholder, word in words.items() -%}
        {%- set sentence.sql = "replace(" ~ sentence.sql ~ ", '{" ~ placeholder ~ "}', " ~ word ~ ")" -%}
    {%- endfor -%}
    {{ sentence.sql }}
{%- endmacro %}
