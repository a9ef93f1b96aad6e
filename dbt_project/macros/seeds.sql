{% macro duckdb__load_csv_rows(model, agate_table) -%}
    {#-
        Fill a seed from this very project. What dbt read of the models is lent from home to home and outlives a
        folder's move, and the path it keeps of a seed is that of the home that read it first.
    -#}
    {%- set path = invocation_args_dict['project_dir'] ~ '/' ~ model.original_file_path -%}
    {%- set sql -%}
    copy {{ this.render() }} from '{{ path | replace("'", "''") }}' (format csv, header true)
    {%- endset -%}
    {%- do adapter.add_query(sql, abridge_sql_log=True) -%}
    {{ return(sql) }}
{%- endmacro %}
